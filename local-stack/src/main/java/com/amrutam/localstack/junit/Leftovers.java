package com.amrutam.localstack.junit;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds what a schema still holds of somebody, in whatever table and column. */
public final class Leftovers {
    private Leftovers() {}

    /**
     * The places, such as {@code contact.phone}, whose rows hold one of the texts; bytes are searched as UTF-8 text.
     *
     * @param schema a service's schema in the test's own stack
     */
    public static List<String> of(String schema, String... texts) {
        var places = new ArrayList<String>();
        try (var connection = LocalStack.connect();
                var columns = connection.prepareStatement("""
                        select table_name, column_name, data_type from information_schema.columns
                        where table_schema = ? order by table_name, column_name""")) {
            columns.setString(1, schema);
            try (var found = columns.executeQuery()) {
                while (found.next()) {
                    var table = found.getString(1);
                    var column = found.getString(2);
                    var text = found.getString(3).equals("bytea")
                            ? "encode(\"" + column + "\", 'escape')"
                            : "\"" + column + "\"::text";
                    try (var rows = connection.prepareStatement("select exists (select from \"" + schema + "\".\""
                            + table + "\" where " + text + " like any (?))")) {
                        rows.setArray(1, connection.createArrayOf("text", patterns(texts)));
                        try (var answer = rows.executeQuery()) {
                            answer.next();
                            if (answer.getBoolean(1)) {
                                places.add(table + "." + column);
                            }
                        }
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return places;
    }

    private static String[] patterns(String... texts) {
        var patterns = new String[texts.length];
        for (int index = 0; index < texts.length; index++) {
            patterns[index] =
                    "%" + texts[index].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        }
        return patterns;
    }
}
