package com.amrutam.notification.message;

import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.notification.appointment.Appointments;
import com.amrutam.notification.channel.Channel;
import com.amrutam.notification.channel.Channel.Letter;
import com.amrutam.notification.channel.Channels;
import com.amrutam.notification.message.Messages.State;
import com.amrutam.notification.template.Templates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends one queued message and records what became of it, in one transaction. A process that dies between the two sends
 * it again: a message that comes twice is better than one that never comes.
 */
@Component
class SendMessage {
    private static final Logger log = LoggerFactory.getLogger(SendMessage.class);
    private static final int MAX_ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    private final Messages messages;
    private final Appointments appointments;
    private final Channels channels;
    private final CodeCipher cipher;
    private final DeliveryEvents events;
    private final Clock clock;

    SendMessage(
            Messages messages,
            Appointments appointments,
            Channels channels,
            CodeCipher cipher,
            DeliveryEvents events,
            Clock clock) {
        this.messages = messages;
        this.appointments = appointments;
        this.channels = channels;
        this.cipher = cipher;
        this.events = events;
        this.clock = clock;
    }

    /** Sends the most urgent message; false when none is waiting. */
    @Transactional
    public boolean sendNext() {
        var next = messages.takeNext();
        next.ifPresent(this::send);
        return next.isPresent();
    }

    private void send(Message message) {
        var now = clock.instant();
        if (message.isTooLate(now)) {
            messages.ended(message.id(), State.SUPPRESSED, "expired");
            log.atWarn().addKeyValue("messageId", message.id()).log("A message came too late and was not sent");
            return;
        }
        var about = message.about();
        if (about != null && appointments.isOver(about.appointmentId(), about.version())) {
            messages.ended(message.id(), State.SUPPRESSED, "superseded");
            log.atInfo().addKeyValue("messageId", message.id()).log("A message was no longer true and was not sent");
            return;
        }
        var channel = channels.named(message.channel());
        if (channel.isEmpty()) {
            // Queued before this service was told to do without; left in place it would stand before all others.
            giveUp(message, "no-channel", now);
            return;
        }
        Letter letter;
        try {
            letter = letter(message);
        } catch (IllegalArgumentException e) {
            // This service lacks the key the code was encrypted with.
            giveUp(message, "undecryptable-code", now);
            return;
        }
        try {
            channel.get().send(letter);
            messages.sent(message.id(), now);
            events.delivered(message, now);
            log.atInfo()
                    .addKeyValue("messageId", message.id())
                    .addKeyValue("kind", message.kind())
                    .log("Message sent");
        } catch (Channel.NotTaken e) {
            if (message.attempts() + 1 < MAX_ATTEMPTS) {
                messages.tryAgain(message.id(), now.plus(FIRST_PAUSE.multipliedBy(1L << message.attempts())));
            } else {
                giveUp(message, "not-taken", now);
            }
        }
    }

    private void giveUp(Message message, String reason, Instant now) {
        messages.ended(message.id(), State.FAILED, reason);
        events.failed(message, reason, now);
        log.atError()
                .addKeyValue("messageId", message.id())
                .addKeyValue("reason", reason)
                .log("A message was given up");
    }

    private Letter letter(Message message) {
        var code = message.code();
        var text = code == null
                ? message.text()
                : message.text().replace(Templates.CODE, cipher.decrypt(code.subject(), code.bytes()));
        return new Letter(message.id(), message.recipient(), message.kind().name(), message.subject(), text);
    }
}
