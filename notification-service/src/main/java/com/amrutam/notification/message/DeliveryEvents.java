package com.amrutam.notification.message;

import com.amrutam.events.notification.NotificationDelivered;
import com.amrutam.events.notification.NotificationFailed;
import com.amrutam.kit.outbox.Outbox;
import com.amrutam.kit.web.Trace;
import com.amrutam.notification.message.Receipts.Settled;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.stereotype.Component;

/** Tells what became of messages. */
@Component
class DeliveryEvents {
    private final Outbox outbox;

    DeliveryEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Of what was sent or given up; what is postponed or was no longer true concerns nobody else. */
    void tell(List<Outcome> outcomes) {
        for (var outcome : outcomes) {
            switch (outcome) {
                case Outcome.Sent sent -> publish(sent.message(), delivered(sent.message(), sent.at(), false));
                case Outcome.GivenUp givenUp ->
                    publish(givenUp.message(), failed(givenUp.message(), givenUp.reason(), givenUp.at()));
                case Outcome.Postponed _, Outcome.Suppressed _ -> {}
            }
        }
    }

    /** Of what a provider has said later. */
    void receipted(List<Settled> settled, Instant now) {
        for (var receipt : settled) {
            var message = receipt.message();
            publish(message, receipt.arrived() ? delivered(message, now, true) : failed(message, "undelivered", now));
        }
    }

    /** In the trace of the message: many are recorded at once, and a provider's call tells of one from long ago. */
    private void publish(Message message, SpecificRecord event) {
        try (var _ = Trace.named(message.traceparent()).open()) {
            outbox.publish(event);
        }
    }

    private static NotificationDelivered delivered(Message message, Instant at, boolean receipted) {
        return NotificationDelivered.newBuilder()
                .setMessageId(message.id())
                .setUserId(message.userId())
                .setKind(message.kind().name())
                .setChannel(message.channel().name())
                .setCauseEventId(message.causeEventId())
                .setReceipted(receipted)
                .setDeliveredAt(at)
                .build();
    }

    private static NotificationFailed failed(Message message, String reason, Instant at) {
        return NotificationFailed.newBuilder()
                .setMessageId(message.id())
                .setUserId(message.userId())
                .setKind(message.kind().name())
                .setChannel(message.channel().name())
                .setReason(reason)
                .setCauseEventId(message.causeEventId())
                .setFailedAt(at)
                .build();
    }
}
