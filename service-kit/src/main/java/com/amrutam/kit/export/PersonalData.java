package com.amrutam.kit.export;

import java.util.LinkedHashMap;
import java.util.Map;

/** The queries that find what a service holds on a person; a service has one such bean. */
public final class PersonalData {
    private final Map<String, String> queries = new LinkedHashMap<>();

    /**
     * Adds a query.
     *
     * @param name what its rows are, as the person reads it, such as {@code appointments}
     * @param sql has the parameter {@code :userId}; its columns, in camel case, are the members of each row. Digests and
     *     ciphers stay out: they tell nobody anything
     */
    public PersonalData with(String name, String sql) {
        queries.put(name, sql);
        return this;
    }

    Map<String, String> queries() {
        return queries;
    }
}
