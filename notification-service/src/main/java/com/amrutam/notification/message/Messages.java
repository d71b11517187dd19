package com.amrutam.notification.message;

import com.amrutam.kit.data.Timestamps;
import com.amrutam.kit.data.WrittenAtCommit;
import com.amrutam.kit.web.PageRequest;
import com.amrutam.notification.calendar.Invitation;
import com.amrutam.notification.channel.ChannelName;
import com.amrutam.notification.message.Message.About;
import com.amrutam.notification.message.Message.EncryptedCode;
import com.amrutam.notification.template.Kind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The messages and their delivery state. */
@Repository
class Messages {
    private static final String[] KINDS = names(Kind.values());
    private static final String[] CHANNELS = names(ChannelName.values());

    private final JdbcClient jdbc;
    private final JdbcOperations jdbcOperations;
    private final WrittenAtCommit<Queued> queued = new WrittenAtCommit<>(this::write, rows -> {});

    Messages(JdbcClient jdbc, JdbcOperations jdbcOperations) {
        this.jdbc = jdbc;
        this.jdbcOperations = jdbcOperations;
    }

    private static String[] names(Enum<?>[] values) {
        return Stream.of(values).map(Enum::name).toArray(String[]::new);
    }

    /**
     * Queues a message with the caller's transaction; one that is there already, from an earlier delivery of its event,
     * stays as it is.
     */
    void queue(Message message, @Nullable Instant notBefore) {
        queued.add(new Queued(message, notBefore));
    }

    private record Queued(Message message, @Nullable Instant notBefore) {}

    private void write(List<Queued> rows) {
        jdbcOperations.batchUpdate("""
                insert into message (id, cause_event_id, user_id, kind, channel, recipient, subject, text, language,
                                     code_subject, encrypted_code, appointment_id, appointment_version, invitation_method,
                                     invitation, expires_at, due_at, traceparent, next_attempt)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, coalesce(?, now()))
                on conflict (cause_event_id, recipient, channel) do nothing""", rows, rows.size(), (statement, row) -> {
            var message = row.message();
            var code = message.code();
            var about = message.about();
            var invitation = message.invitation();
            statement.setObject(1, message.id());
            statement.setObject(2, message.causeEventId());
            statement.setObject(3, message.userId());
            statement.setString(4, message.kind().name());
            statement.setString(5, message.channel().name());
            statement.setString(6, message.recipient());
            statement.setString(7, message.subject());
            statement.setString(8, message.text());
            statement.setString(9, message.language());
            statement.setObject(10, code == null ? null : code.subject());
            statement.setBytes(11, code == null ? null : code.bytes());
            statement.setObject(12, about == null ? null : about.appointmentId());
            statement.setObject(13, about == null ? null : about.version(), Types.INTEGER);
            statement.setString(14, invitation == null ? null : invitation.method());
            statement.setString(15, invitation == null ? null : invitation.file());
            setInstant(statement, 16, message.expiresAt());
            setInstant(statement, 17, message.dueAt());
            statement.setString(18, message.traceparent());
            setInstant(statement, 19, row.notBefore());
        });
    }

    private static void setInstant(PreparedStatement statement, int index, @Nullable Instant instant)
            throws SQLException {
        statement.setObject(index, instant == null ? null : Timestamps.toSql(instant), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    /**
     * A message in the hands of this process.
     *
     * @param isSuperseded whether its appointment has changed since, or is over
     */
    record Claimed(Message message, boolean isSuperseded) {}

    /** Claims codes for a sender; see {@link #claim}. */
    List<Claimed> claimCodes(int most, Duration patience) {
        return claim("encrypted_code is not null", most, patience);
    }

    /** Claims what is no code for a sender; see {@link #claim}. */
    List<Claimed> claimNews(int most, Duration patience) {
        return claim("encrypted_code is null", most, patience);
    }

    /**
     * Claims the messages that are due longest. Once this is committed nobody else sends them, whatever becomes of this
     * process: who finds the claim after its time knows that the message may have gone out. Kinds and channels that a newer
     * version has brought are left to it. Of a message's appointment it is looked up here how it stands, just before it goes.
     */
    private List<Claimed> claim(String which, int most, Duration patience) {
        return jdbc.sql("""
                        with next as (
                            select id from message
                            where state = 'QUEUED' and next_attempt <= now() and %s
                              and kind = any(:kinds) and channel = any(:channels)
                            order by next_attempt limit :most for update skip locked)
                        update message set state = 'SENDING', attempts = attempts + 1,
                               claimed_until = now() + make_interval(secs => :seconds)
                        from next where message.id = next.id
                        returning message.*, exists (
                            select from appointment where appointment.appointment_id = message.appointment_id
                              and (appointment.version > message.appointment_version
                                   or (appointment.version = message.appointment_version and not appointment.stands))
                        ) as superseded""".formatted(which))
                .param("kinds", KINDS)
                .param("channels", CHANNELS)
                .param("most", most)
                .param("seconds", patience.toMillis() / 1000.0)
                .query((row, n) -> new Claimed(message(row), row.getBoolean("superseded")))
                .list();
    }

    /** What a sender that died had claimed. Several instances may see it; what one of them records counts. */
    List<Message> abandoned(int most) {
        return jdbc.sql("""
                        select * from message
                        where state = 'SENDING' and claimed_until < now() and kind = any(:kinds) and channel = any(:channels)
                        order by claimed_until limit :most""")
                .param("kinds", KINDS)
                .param("channels", CHANNELS)
                .param("most", most)
                .query((row, n) -> message(row))
                .list();
    }

    static Message message(ResultSet row) throws SQLException {
        var codeSubject = row.getObject("code_subject", UUID.class);
        var encryptedCode = row.getBytes("encrypted_code");
        var appointmentId = row.getObject("appointment_id", UUID.class);
        var invitation = row.getString("invitation");
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
                encryptedCode == null ? null : new EncryptedCode(codeSubject, encryptedCode),
                appointmentId == null ? null : new About(appointmentId, row.getInt("appointment_version")),
                invitation == null ? null : new Invitation(row.getString("invitation_method"), invitation),
                Timestamps.instantOrNull(row, "expires_at"),
                Timestamps.instant(row, "due_at"),
                row.getInt("attempts"),
                row.getString("traceparent"));
    }

    /**
     * Records what became of attempts. One that was taken for abandoned meanwhile still counts when it turns out that the
     * message went out, and no longer once the message was begun again.
     *
     * @return the messages whose outcome was recorded
     */
    Set<UUID> record(List<Outcome> outcomes) {
        int size = outcomes.size();
        var ids = new UUID[size];
        var attempts = new Integer[size];
        var states = new String[size];
        var reasons = new String[size];
        var times = new String[size];
        var providers = new String[size];
        var references = new String[size];
        for (int i = 0; i < size; i++) {
            var outcome = outcomes.get(i);
            ids[i] = outcome.message().id();
            attempts[i] = outcome.message().attempts();
            switch (outcome) {
                case Outcome.Sent sent -> {
                    states[i] = State.SENT.name();
                    times[i] = sent.at().toString();
                    providers[i] = sent.provider();
                    references[i] = sent.reference();
                }
                case Outcome.Postponed postponed -> {
                    states[i] = State.QUEUED.name();
                    times[i] = postponed.until().toString();
                }
                case Outcome.GivenUp givenUp -> {
                    states[i] = State.FAILED.name();
                    reasons[i] = givenUp.reason();
                }
                case Outcome.Suppressed suppressed -> {
                    states[i] = State.SUPPRESSED.name();
                    reasons[i] = suppressed.reason();
                }
            }
        }
        return Set.copyOf(jdbc.sql("""
                        update message set
                            state = o.state, reason = o.reason, claimed_until = null,
                            sent_at = case when o.state = 'SENT' then o.at end,
                            next_attempt = case when o.state = 'QUEUED' then o.at else next_attempt end,
                            provider = o.provider, provider_reference = o.reference,
                            encrypted_code = case when o.state = 'QUEUED' then encrypted_code end
                        from unnest(:ids::uuid[], :attempts::integer[], :states::text[], :reasons::text[],
                                    :times::timestamptz[], :providers::text[], :references::text[])
                             as o (id, attempt, state, reason, at, provider, reference)
                        where message.id = o.id and message.attempts = o.attempt
                          and (message.state = 'SENDING'
                               or (message.state = 'FAILED' and message.reason = 'uncertain' and o.state = 'SENT'))
                        returning message.id""")
                .param("ids", ids)
                .param("attempts", attempts)
                .param("states", states)
                .param("reasons", reasons)
                .param("times", times)
                .param("providers", providers)
                .param("references", references)
                .query(UUID.class)
                .list());
    }

    /** Queues what no provider took; of a code nothing is left to send. Whether it still holds is seen when it is claimed. */
    int queueFailedSince(Instant moment) {
        return jdbc.sql("""
                        update message set state = 'QUEUED', reason = null, attempts = 0, next_attempt = now(), due_at = now()
                        where state = 'FAILED' and reason = 'not-taken' and code_subject is null and created_at > :moment
                          and (expires_at is null or expires_at > now())""").param("moment", Timestamps.toSql(moment)).update();
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
                        shown(row.getString("state")),
                        row.getObject("code_subject") == null ? row.getString("text") : null,
                        Timestamps.instant(row, "created_at"),
                        Timestamps.instantOrNull(row, "sent_at")))
                .list();
    }

    /** On its way is, to the person who waits for it, still queued. */
    private static State shown(String state) {
        return state.equals("SENDING") ? State.QUEUED : State.valueOf(state);
    }

    /** Where a message stands, as far as its recipient is concerned; the table has SENDING besides. */
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
