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
            @Nullable Instant expiresAt) {
        messages.queue(new Message(
                UuidCreator.getTimeOrderedEpoch(),
                causeEventId,
                userId,
                kind,
                channel,
                recipient,
                text.subject(),
                text.body(),
                code,
                about,
                expiresAt,
                0));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                sender.wake();
            }
        });
    }
}
