package com.amrutam.notification.contact;

import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The contact cards, each as of its highest version. */
@Repository
public class Contacts {
    private final JdbcClient jdbc;

    Contacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The card of a user.
     *
     * @throws ContactUnknown when identity's card has not arrived yet; the event that needs it is tried again
     */
    public Contact of(UUID userId) {
        return jdbc.sql("select user_id, phone, language, time_zone from contact where user_id = ?")
                .param(userId)
                .query((row, n) -> new Contact(
                        row.getObject("user_id", UUID.class),
                        row.getString("phone"),
                        Locale.forLanguageTag(row.getString("language")),
                        ZoneId.of(row.getString("time_zone"))))
                .optional()
                .orElseThrow(() -> new ContactUnknown(userId));
    }

    /** Keeps a card unless a newer one is already here. */
    void keep(Contact contact, int version) {
        jdbc.sql("""
                        insert into contact (user_id, phone, language, time_zone, version)
                        values (:userId, :phone, :language, :zone, :version)
                        on conflict (user_id) do update set phone = excluded.phone, language = excluded.language,
                            time_zone = excluded.time_zone, version = excluded.version
                        where contact.version < excluded.version""")
                .param("userId", contact.userId())
                .param("phone", contact.phone())
                .param("language", contact.language().toLanguageTag())
                .param("zone", contact.zone().getId())
                .param("version", version)
                .update();
    }

    void forget(UUID userId) {
        jdbc.sql("delete from contact where user_id = ?").param(userId).update();
    }

    /** Nobody can be told anything before their contact card is here. */
    static final class ContactUnknown extends RuntimeException {
        ContactUnknown(UUID userId) {
            super("No contact card of user " + userId + " has arrived yet");
        }
    }
}
