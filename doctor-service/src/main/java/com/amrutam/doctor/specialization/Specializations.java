package com.amrutam.doctor.specialization;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** All specializations. */
@Repository
public class Specializations {
    private final JdbcClient jdbc;

    Specializations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One specialization.
     *
     * @param doctors how many verified doctors have it
     */
    record Specialization(String code, String nameEn, String nameHi, int doctors) {}

    /** The list in its order. */
    @Transactional(readOnly = true)
    List<Specialization> all() {
        return jdbc.sql("""
                        select s.code, s.name_en, s.name_hi, coalesce(counted.doctors, 0) as doctors
                        from specialization s
                        left join (select code, count(*) as doctors
                                   from doctor, unnest(specializations) as code
                                   where verified group by code) counted on counted.code = s.code
                        order by s.position
                        """)
                .query((row, number) -> new Specialization(
                        row.getString("code"),
                        row.getString("name_en"),
                        row.getString("name_hi"),
                        row.getInt("doctors")))
                .list();
    }

    /** Those of the codes that are not on the list. */
    public Set<String> unknown(Collection<String> codes) {
        var unknown = new HashSet<>(codes);
        jdbc.sql("select code from specialization").query(String.class).list().forEach(unknown::remove);
        return unknown;
    }
}
