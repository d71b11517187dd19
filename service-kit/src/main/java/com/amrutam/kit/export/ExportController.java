package com.amrutam.kit.export;

import com.amrutam.kit.security.Caller;
import io.swagger.v3.oas.annotations.Hidden;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers with what this service holds on the caller. */
@Hidden
@RestController
class ExportController {
    private final PersonalData data;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    ExportController(PersonalData data, JdbcClient jdbc, TransactionTemplate transaction) {
        this.data = data;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** Everything as of one moment, by the names of the queries. */
    @GetMapping("/api/v1/export")
    Map<String, List<Map<String, Object>>> export(Caller caller) {
        return transaction.execute(status -> {
            var parts = new LinkedHashMap<String, List<Map<String, Object>>>();
            data.queries().forEach((name, sql) -> parts.put(name, rows(sql, caller.id())));
            return parts;
        });
    }

    private List<Map<String, Object>> rows(String sql, UUID userId) {
        return jdbc.sql(sql)
                .param("userId", userId)
                .query((row, n) -> members(row))
                .list();
    }

    private static Map<String, Object> members(ResultSet row) throws SQLException {
        var members = new LinkedHashMap<String, Object>();
        var columns = row.getMetaData();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            var value = json(row.getObject(column));
            if (value != null) {
                members.put(JdbcUtils.convertUnderscoreNameToPropertyName(columns.getColumnLabel(column)), value);
            }
        }
        return members;
    }

    private static @Nullable Object json(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case Timestamp timestamp -> timestamp.toInstant();
            case Array array -> Arrays.asList((Object[]) array.getArray());
            case Number number -> number;
            case Boolean truth -> truth;
            default -> value.toString();
        };
    }
}
