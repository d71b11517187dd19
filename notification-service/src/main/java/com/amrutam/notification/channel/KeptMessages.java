package com.amrutam.notification.channel;

import com.amrutam.kit.data.Timestamps;
import com.amrutam.notification.channel.Channel.Letter;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The local stack's mailbox: keeps what would have been sent. */
@Profile("local")
@Repository
class KeptMessages {
    private static final int SHOWN = 100;

    private final JdbcClient jdbc;
    private final Clock clock;

    KeptMessages(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Keeps a message instead of sending it. */
    void keep(ChannelName channel, Letter letter) {
        jdbc.sql("""
                        insert into kept_message (id, channel, recipient, kind, subject, text, sent_at)
                        values (:id, :channel, :to, :kind, :subject, :text, :now)
                        on conflict (id) do nothing""")
                .param("id", letter.id())
                .param("channel", channel.name())
                .param("to", letter.to())
                .param("kind", letter.kind())
                .param("subject", letter.subject())
                .param("text", letter.text())
                .param("now", Timestamps.toSql(clock.instant()))
                .update();
    }

    /** What somebody got, newest first. */
    List<KeptMessage> to(String recipient) {
        return jdbc.sql("""
                        select channel, recipient, kind, subject, text, sent_at from kept_message
                        where recipient = :to order by id desc limit :shown""")
                .param("to", recipient)
                .param("shown", SHOWN)
                .query((row, n) -> new KeptMessage(
                        row.getString("channel"),
                        row.getString("recipient"),
                        row.getString("kind"),
                        row.getString("subject"),
                        row.getString("text"),
                        Timestamps.instant(row, "sent_at")))
                .list();
    }

    record KeptMessage(String channel, String to, String kind, String subject, String text, Instant sentAt) {}
}
