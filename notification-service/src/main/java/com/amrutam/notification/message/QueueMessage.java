package com.amrutam.notification.message;

import com.amrutam.kit.inbox.EventMetadata;
import com.amrutam.kit.web.Trace;
import com.amrutam.notification.calendar.Invitation;
import com.amrutam.notification.channel.ChannelName;
import com.amrutam.notification.message.Message.About;
import com.amrutam.notification.message.Message.EncryptedCode;
import com.amrutam.notification.template.Kind;
import com.amrutam.notification.template.Templates;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Queues a message in the transaction of the event that asks for it, and wakes the sender once that has committed. */
@Component
class QueueMessage {
    private final Messages messages;
    private final MessageSender sender;

    QueueMessage(Messages messages, MessageSender sender) {
        this.messages = messages;
        this.sender = sender;
    }

    /**
     * What is to be said, and to whom.
     *
     * @param cause the event that asks for it
     * @param userId absent for the login code of someone not yet registered
     * @param code what the text leaves a place for; absent for messages without a code
     * @param about the appointment it holds for; absent when it holds for good
     * @param expiresAt later it is not worth hearing; absent when it always is
     * @param notBefore earlier it disturbs; absent when it cannot wait
     */
    record Content(
            EventMetadata cause,
            @Nullable UUID userId,
            Kind kind,
            Templates.Text text,
            @Nullable EncryptedCode code,
            @Nullable About about,
            @Nullable Instant expiresAt,
            @Nullable Instant notBefore) {}

    /** Queues it for a channel. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void queue(Content content, ChannelName channel, String recipient, @Nullable Invitation invitation) {
        var happened = content.cause().occurredAt();
        var notBefore = content.notBefore();
        messages.queue(
                new Message(
                        UuidCreator.getTimeOrderedEpoch(),
                        content.cause().eventId(),
                        content.userId(),
                        content.kind(),
                        channel,
                        recipient,
                        content.text().subject(),
                        content.text().body(),
                        content.text().language().getLanguage(),
                        content.code(),
                        content.about(),
                        invitation,
                        content.expiresAt(),
                        notBefore == null || notBefore.isBefore(happened) ? happened : notBefore,
                        0,
                        Trace.current().traceparent()),
                notBefore);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                sender.wake(content.code() != null);
            }
        });
    }
}
