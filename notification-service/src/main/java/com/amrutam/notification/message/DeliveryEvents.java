package com.amrutam.notification.message;

import com.amrutam.events.notification.NotificationDelivered;
import com.amrutam.events.notification.NotificationFailed;
import com.amrutam.kit.outbox.Outbox;
import com.amrutam.notification.message.Receipts.Settled;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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
        outbox.publishAll(outcomes.stream()
                .<SpecificRecord>flatMap(outcome -> switch (outcome) {
                    case Outcome.Sent sent -> Stream.of(delivered(sent.message(), sent.at(), false));
                    case Outcome.GivenUp givenUp ->
                        Stream.of(failed(givenUp.message(), givenUp.reason(), givenUp.at()));
                    case Outcome.Postponed _, Outcome.Suppressed _ -> Stream.empty();
                })
                .toList());
    }

    /** Of what a provider has said later. */
    void receipted(List<Settled> settled, Instant now) {
        outbox.publishAll(settled.stream()
                .<SpecificRecord>map(receipt -> receipt.arrived()
                        ? delivered(receipt.message(), now, true)
                        : failed(receipt.message(), "undelivered", now))
                .toList());
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
