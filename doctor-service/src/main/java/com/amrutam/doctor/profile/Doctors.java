package com.amrutam.doctor.profile;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.profile.Profile.Fee;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/** All doctors, verified or not. */
@Repository
public class Doctors {
    private final JdbcClient jdbc;

    Doctors(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Doctor> find(UUID id) {
        return jdbc.sql("select * from doctor where id = ?")
                .param(id)
                .query(Doctors::doctor)
                .optional();
    }

    /** The doctor, for a change: every other change of profile, schedule or slots waits for the transaction's end. */
    public Optional<Doctor> lock(UUID id) {
        return jdbc.sql("select * from doctor where id = ? for no key update")
                .param(id)
                .query(Doctors::doctor)
                .optional();
    }

    /** Adds a doctor; false when a request at the same time was faster. */
    boolean add(Doctor doctor) {
        return bound(jdbc.sql("""
                                insert into doctor (id, version, name, specializations, languages, city, online,
                                                    in_person, fee_amount, fee_currency, experience_years,
                                                    registration_number, photo_url, verified)
                                values (:id, :version, :name, :specializations, :languages, :city, :online,
                                        :inPerson, :feeAmount, :feeCurrency, :experienceYears,
                                        :registrationNumber, :photoUrl, :verified)
                                on conflict do nothing
                                """), doctor).update() == 1;
    }

    /** Writes a doctor locked before; reviews are counted by {@link #rate} alone. */
    void save(Doctor doctor) {
        bound(jdbc.sql("""
                        update doctor
                        set version = :version, name = :name, specializations = :specializations,
                            languages = :languages, city = :city, online = :online, in_person = :inPerson,
                            fee_amount = :feeAmount, fee_currency = :feeCurrency,
                            experience_years = :experienceYears, registration_number = :registrationNumber,
                            photo_url = :photoUrl, verified = :verified
                        where id = :id
                        """), doctor).update();
    }

    private static StatementSpec bound(StatementSpec statement, Doctor doctor) {
        var profile = doctor.profile();
        return statement
                .param("id", doctor.id())
                .param("version", doctor.version())
                .param("name", profile.name())
                .param("specializations", array(profile.specializations()))
                .param("languages", array(profile.languages()))
                .param("city", profile.city())
                .param("online", profile.modes().contains(Mode.ONLINE))
                .param("inPerson", profile.modes().contains(Mode.IN_PERSON))
                .param("feeAmount", profile.fee().amount())
                .param("feeCurrency", profile.fee().currency())
                .param("experienceYears", profile.experienceYears())
                .param("registrationNumber", profile.registrationNumber())
                .param("photoUrl", profile.photoUrl())
                .param("verified", doctor.verified());
    }

    /** Counts one more review. */
    void rate(UUID id, int rating) {
        jdbc.sql("update doctor set review_count = review_count + 1, rating_sum = rating_sum + ? where id = ?")
                .params(rating, id)
                .update();
    }

    /** Reads a row of table doctor. */
    public static Doctor doctor(ResultSet row, int number) throws SQLException {
        return new Doctor(
                row.getObject("id", UUID.class),
                row.getInt("version"),
                new Profile(
                        row.getString("name"),
                        texts(row.getArray("specializations")),
                        texts(row.getArray("languages")),
                        row.getString("city"),
                        Mode.of(row.getBoolean("online"), row.getBoolean("in_person")),
                        new Fee(row.getLong("fee_amount"), row.getString("fee_currency")),
                        row.getInt("experience_years"),
                        row.getString("registration_number"),
                        row.getString("photo_url")),
                row.getBoolean("verified"),
                row.getDouble("rating"),
                row.getInt("review_count"));
    }

    private static String[] array(Collection<String> texts) {
        return texts.toArray(String[]::new);
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
