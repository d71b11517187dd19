package com.amrutam.notification.message;

import com.amrutam.kit.data.Timestamps;
import com.amrutam.kit.web.PageRequest;
import com.amrutam.notification.channel.ChannelName;
import com.amrutam.notification.message.Message.About;
import com.amrutam.notification.message.Message.EncryptedCode;
import com.amrutam.notification.template.Kind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The messages and their delivery state. */
@Repository
class Messages {
    private final JdbcClient jdbc;

    Messages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Queues a message; one that is there already, from an earlier delivery of its event, stays as it is. */
    void queue(Message message, @Nullable Instant notBefore) {
        var code = message.code();
        var about = message.about();
        jdbc.sql("""
                        insert into message (id, cause_event_id, user_id, kind, channel, recipient, subject, text,
                                             language, code_subject, encrypted_code, appointment_id, appointment_version,
                                             expires_at, next_attempt)
                        values (:id, :cause, :userId, :kind, :channel, :recipient, :subject, :text, :language,
                                :codeSubject, :encryptedCode, :appointmentId, :appointmentVersion, :expiresAt,
                                coalesce(:notBefore, now()))
                        on conflict (cause_event_id, recipient, channel) do nothing""")
                .param("id", message.id())
                .param("cause", message.causeEventId())
                .param("userId", message.userId())
                .param("kind", message.kind().name())
                .param("channel", message.channel().name())
                .param("recipient", message.recipient())
                .param("subject", message.subject())
                .param("text", message.text())
                .param("language", message.language())
                .param("codeSubject", code == null ? null : code.subject())
                .param("encryptedCode", code == null ? null : code.bytes())
                .param("appointmentId", about == null ? null : about.appointmentId())
                .param("appointmentVersion", about == null ? null : about.version())
                .param("expiresAt", message.expiresAt() == null ? null : Timestamps.toSql(message.expiresAt()))
                .param(
                        "notBefore",
                        notBefore == null ? null : Timestamps.toSql(notBefore),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .update();
    }

    /** Takes the most urgent queued message for this transaction; those in other hands are passed over. */
    Optional<Message> takeNext() {
        return jdbc.sql("""
                        select * from message where state = 'QUEUED' and next_attempt <= now()
                        order by (encrypted_code is null), next_attempt
                        limit 1 for update skip locked""")
                .query((row, n) -> {
                    var codeSubject = row.getObject("code_subject", UUID.class);
                    var appointmentId = row.getObject("appointment_id", UUID.class);
                    return new Message(
                            row.getObject("id", UUID.class),
                            row.getObject("cause_event_id", UUID.class),
                            row.getObject("user_id", UUID.class),
                            Kind.valueOf(row.getString("kind")),
                            ChannelName.valueOf(row.getString("channel")),
                            row.getString("recipient"),
                            row.getString("subject"),
                            row.getString("text"),
                            row.getString("language"),
                            codeSubject == null ? null : new EncryptedCode(codeSubject, row.getBytes("encrypted_code")),
                            appointmentId == null ? null : new About(appointmentId, row.getInt("appointment_version")),
                            Timestamps.instantOrNull(row, "expires_at"),
                            row.getInt("attempts"));
                })
                .optional();
    }

    /** When a message was queued. */
    Instant createdAt(UUID id) {
        return jdbc.sql("select created_at from message where id = ?")
                .param(id)
                .query((row, n) -> Timestamps.instant(row, "created_at"))
                .single();
    }

    void sent(UUID id, Instant at) {
        jdbc.sql("""
                        update message set state = 'SENT', sent_at = :at, attempts = attempts + 1, encrypted_code = null
                        where id = :id""").param("id", id).param("at", Timestamps.toSql(at)).update();
    }

    void ended(UUID id, State state, String reason) {
        jdbc.sql("update message set state = :state, reason = :reason, encrypted_code = null where id = :id")
                .param("id", id)
                .param("state", state.name())
                .param("reason", reason)
                .update();
    }

    void tryAgain(UUID id, Instant at) {
        jdbc.sql("update message set attempts = attempts + 1, next_attempt = :at where id = :id")
                .param("id", id)
                .param("at", Timestamps.toSql(at))
                .update();
    }

    /** Removes what was written to a person, by their id and, for codes sent before they had one, by where it went. */
    void forget(UUID userId, List<String> recipients) {
        jdbc.sql("delete from message where user_id = :userId")
                .param("userId", userId)
                .update();
        if (!recipients.isEmpty()) {
            jdbc.sql("delete from message where recipient in (:recipients)")
                    .param("recipients", recipients)
                    .update();
        }
    }

    /** One user's messages, newest first; one more than asked for when there are more. */
    List<Sent> of(UUID userId, PageRequest page, @Nullable UUID after) {
        return jdbc.sql("""
                        select id, kind, channel, state, text, code_subject, created_at, sent_at from message
                        where user_id = :userId and (cast(:after as uuid) is null or id < :after)
                        order by id desc limit :limit""")
                .param("userId", userId)
                .param("after", after)
                .param("limit", page.limit() + 1)
                .query((row, n) -> new Sent(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getString("channel"),
                        State.valueOf(row.getString("state")),
                        row.getObject("code_subject") == null ? row.getString("text") : null,
                        Timestamps.instant(row, "created_at"),
                        Timestamps.instantOrNull(row, "sent_at")))
                .list();
    }

    /** Where a message stands. */
    enum State {
        QUEUED,
        SENT,
        DELIVERED,
        FAILED,
        SUPPRESSED
    }

    /**
     * A message as its recipient may see it.
     *
     * @param kind what it is about, such as APPOINTMENT_BOOKED
     * @param channel SMS, EMAIL, WHATSAPP or PUSH
     * @param state QUEUED, SENT (the provider has it), DELIVERED, FAILED, or SUPPRESSED (it was not true any more)
     * @param text what it says; of a code's message it is not kept
     * @param createdAt when it was to be sent
     * @param sentAt when the provider took it
     */
    @Schema(name = "Notification")
    record Sent(
            UUID id,
            String kind,
            String channel,
            State state,
            @Nullable String text,
            Instant createdAt,
            @Nullable Instant sentAt) {}
}
