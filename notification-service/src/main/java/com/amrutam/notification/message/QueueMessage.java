package com.amrutam.notification.message;

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

    /** @param notBefore when it may be sent; at once when not said */
    @Transactional(propagation = Propagation.MANDATORY)
    public void queue(
            UUID causeEventId,
            @Nullable UUID userId,
            Kind kind,
            ChannelName channel,
            String recipient,
            Templates.Text text,
            @Nullable EncryptedCode code,
            @Nullable About about,
            @Nullable Instant expiresAt,
            @Nullable Instant notBefore) {
        messages.queue(
                new Message(
                        UuidCreator.getTimeOrderedEpoch(),
                        causeEventId,
                        userId,
                        kind,
                        channel,
                        recipient,
                        text.subject(),
                        text.body(),
                        text.language().getLanguage(),
                        code,
                        about,
                        expiresAt,
                        0),
                notBefore);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                sender.wake();
            }
        });
    }
}
