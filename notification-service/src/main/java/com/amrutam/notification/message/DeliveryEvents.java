package com.amrutam.notification.message;

import com.amrutam.events.notification.NotificationDelivered;
import com.amrutam.events.notification.NotificationFailed;
import com.amrutam.kit.outbox.Outbox;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Tells what became of messages. */
@Component
class DeliveryEvents {
    private final Outbox outbox;

    DeliveryEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void delivered(Message message, Instant at) {
        outbox.publish(NotificationDelivered.newBuilder()
                .setMessageId(message.id())
                .setUserId(message.userId())
                .setKind(message.kind().name())
                .setChannel(message.channel().name())
                .setCauseEventId(message.causeEventId())
                .setDeliveredAt(at)
                .build());
    }

    void failed(Message message, String reason, Instant at) {
        outbox.publish(NotificationFailed.newBuilder()
                .setMessageId(message.id())
                .setUserId(message.userId())
                .setKind(message.kind().name())
                .setChannel(message.channel().name())
                .setReason(reason)
                .setCauseEventId(message.causeEventId())
                .setFailedAt(at)
                .build());
    }
}
