package com.amrutam.notification.contact;

import com.amrutam.kit.data.Timestamps;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
     * The card of a user; empty for one who was erased, whom nobody may tell anything.
     *
     * @throws ContactUnknown when identity's card has not arrived yet; the event that needs it is tried again
     */
    public Optional<Contact> of(UUID userId) {
        var contact = find(userId);
        if (contact.isEmpty() && !isErased(userId)) {
            throw new ContactUnknown(userId);
        }
        return contact;
    }

    private Optional<Contact> find(UUID userId) {
        return jdbc.sql("select * from contact where user_id = ?")
                .param(userId)
                .query(Contacts::contact)
                .optional();
    }

    /** The card with this phone, if there is one. */
    public Optional<Contact> withPhone(String phone) {
        return jdbc.sql("select * from contact where phone = ?")
                .param(phone)
                .query(Contacts::contact)
                .optional();
    }

    private static Contact contact(ResultSet row, int number) throws SQLException {
        return new Contact(
                row.getObject("user_id", UUID.class),
                row.getString("phone"),
                row.getString("email"),
                Locale.forLanguageTag(row.getString("language")),
                ZoneId.of(row.getString("time_zone")),
                Set.of((String[]) row.getArray("muted_channels").getArray()));
    }

    private boolean isErased(UUID userId) {
        return jdbc.sql("select exists (select from erased_user where user_id = ?)")
                .param(userId)
                .query(Boolean.class)
                .single();
    }

    /** Keeps a card unless a newer one is already here or its owner was erased. */
    void keep(Contact contact, int version) {
        jdbc.sql("""
                        insert into contact (user_id, phone, email, language, time_zone, muted_channels, version)
                        select :userId, :phone, :email, :language, :zone, string_to_array(:muted, ','), :version
                        where not exists (select from erased_user where user_id = :userId)
                        on conflict (user_id) do update set phone = excluded.phone, email = excluded.email, language = excluded.language,
                            time_zone = excluded.time_zone, muted_channels = excluded.muted_channels, version = excluded.version
                        where contact.version < excluded.version""")
                .param("userId", contact.userId())
                .param("phone", contact.phone())
                .param("email", contact.email())
                .param("language", contact.language().toLanguageTag())
                .param("zone", contact.zone().getId())
                .param("muted", String.join(",", contact.mutedChannels()))
                .param("version", version)
                .update();
    }

    /**
     * Forgets a person for good.
     *
     * @return the card there was
     */
    public Optional<Contact> forget(UUID userId, Instant erasedAt) {
        var contact = find(userId);
        jdbc.sql("insert into erased_user (user_id, erased_at) values (?, ?) on conflict do nothing")
                .params(userId, Timestamps.toSql(erasedAt))
                .update();
        jdbc.sql("delete from contact where user_id = ?").param(userId).update();
        return contact;
    }

    /** Nobody can be told anything before their contact card is here. */
    static final class ContactUnknown extends RuntimeException {
        ContactUnknown(UUID userId) {
            super("No contact card of user " + userId + " has arrived yet");
        }
    }
}
