package com.amrutam.notification.message;

import com.amrutam.kit.data.Timestamps;
import com.amrutam.notification.message.TakeReceipt.Receipt;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What providers have said of messages. */
@Repository
class Receipts {
    private final JdbcClient jdbc;

    Receipts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps a receipt; false when it is there already. */
    boolean keep(Receipt receipt) {
        return jdbc.sql("""
                        insert into receipt (signature, provider, reference, message_id, arrived)
                        values (:signature, :provider, :reference, :messageId, :arrived) on conflict do nothing""")
                        .param("signature", receipt.signature())
                        .param("provider", receipt.provider())
                        .param("reference", receipt.reference())
                        .param("messageId", ownId(receipt.reference()))
                        .param("arrived", receipt.arrived())
                        .update()
                == 1;
    }

    /** Our own id, where the provider calls the message by it. */
    private static @Nullable UUID ownId(String reference) {
        try {
            return UUID.fromString(reference);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** @param arrived whether its message did */
    record Settled(Message message, boolean arrived) {}

    /**
     * Has receipts change the messages they are of. What has arrived stays so, whatever is said later; what was uncertain is
     * settled when the provider calls it by our own id, having never told us one of its own.
     */
    List<Settled> settle() {
        return jdbc.sql("""
                        with fitting as (
                            select r.signature, r.arrived, m.id from receipt r
                            join message m on m.provider = r.provider and m.provider_reference = r.reference
                            where not r.settled and r.received_at > now() - interval '1 hour'
                            union all
                            select r.signature, r.arrived, m.id from receipt r
                            join message m on m.id = r.message_id and m.state = 'FAILED' and m.reason = 'uncertain'
                            where not r.settled and r.arrived and r.received_at > now() - interval '1 hour'),
                        done as (
                            update receipt set settled = true from fitting where receipt.signature = fitting.signature)
                        update message set
                            state = case when last.arrived then 'DELIVERED' else 'FAILED' end,
                            reason = case when last.arrived then null else 'undelivered' end
                        from (select distinct on (id) id, arrived from fitting order by id, arrived desc) as last
                        where message.id = last.id
                          and (message.state = 'SENT' or (message.state = 'FAILED' and last.arrived))
                        returning message.*, last.arrived""")
                .query((row, n) -> new Settled(Messages.message(row), row.getBoolean("arrived")))
                .list();
    }

    void forgetBefore(Instant moment) {
        jdbc.sql("delete from receipt where received_at < ?")
                .param(Timestamps.toSql(moment))
                .update();
    }
}
