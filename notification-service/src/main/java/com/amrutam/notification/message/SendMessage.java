package com.amrutam.notification.message;

import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.notification.appointment.Appointments;
import com.amrutam.notification.channel.Channel;
import com.amrutam.notification.channel.Channel.Letter;
import com.amrutam.notification.channel.ChannelName;
import com.amrutam.notification.channel.Channels;
import com.amrutam.notification.contact.Contact;
import com.amrutam.notification.contact.Contacts;
import com.amrutam.notification.message.Messages.State;
import com.amrutam.notification.template.Kind;
import com.amrutam.notification.template.Templates;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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
    private final Contacts contacts;
    private final Clock clock;
    private final MeterRegistry metrics;
    private final Map<Kind, Timer> delays = new EnumMap<>(Kind.class);

    SendMessage(
            Messages messages,
            Appointments appointments,
            Channels channels,
            CodeCipher cipher,
            DeliveryEvents events,
            Contacts contacts,
            Clock clock,
            MeterRegistry metrics) {
        this.messages = messages;
        this.appointments = appointments;
        this.channels = channels;
        this.cipher = cipher;
        this.events = events;
        this.contacts = contacts;
        this.clock = clock;
        this.metrics = metrics;
        for (var kind : Kind.values()) {
            delays.put(kind, delay(kind, metrics));
        }
    }

    private static Timer delay(Kind kind, MeterRegistry metrics) {
        return Timer.builder("amrutam.message.delay")
                .description("From the moment a message was queued to the moment a provider had it")
                .tag("kind", kind.name())
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(10))
                .register(metrics);
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
            count(message, "expired");
            log.atWarn().addKeyValue("messageId", message.id()).log("A message came too late and was not sent");
            return;
        }
        var about = message.about();
        if (about != null && appointments.isOver(about.appointmentId(), about.version())) {
            messages.ended(message.id(), State.SUPPRESSED, "superseded");
            count(message, "superseded");
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
            count(message, "sent");
            Objects.requireNonNull(delays.get(message.kind()))
                    .record(Duration.between(messages.createdAt(message.id()), clock.instant()));
            log.atInfo()
                    .addKeyValue("messageId", message.id())
                    .addKeyValue("kind", message.kind())
                    .log("Message sent");
        } catch (Channel.NotTaken e) {
            if (e.isUncertain() && !letter.mayComeTwice()) {
                // It may have arrived. Said here, and not sent again.
                giveUp(message, "uncertain", now);
            } else if (message.attempts() + 1 < MAX_ATTEMPTS) {
                var pause = FIRST_PAUSE.multipliedBy(1L << message.attempts());
                messages.tryAgain(message.id(), now.plus(pause.compareTo(e.retryAfter()) > 0 ? pause : e.retryAfter()));
            } else {
                giveUp(message, "not-taken", now);
            }
        }
    }

    private void giveUp(Message message, String reason, Instant now) {
        messages.ended(message.id(), State.FAILED, reason);
        events.failed(message, reason, now);
        count(message, reason);
        if (message.code() != null && message.channel() == ChannelName.SMS) {
            byEmailInstead(message);
        }
        log.atError()
                .addKeyValue("messageId", message.id())
                .addKeyValue("reason", reason)
                .log("A message was given up");
    }

    /** A code that no provider took still gets somebody in, where identity has verified an address of theirs. */
    private void byEmailInstead(Message message) {
        if (channels.has(ChannelName.EMAIL)) {
            contacts.withPhone(message.recipient()).map(Contact::email).ifPresent(address -> {
                messages.queue(message.byEmail(UuidCreator.getTimeOrderedEpoch(), address), null);
                log.atWarn().addKeyValue("messageId", message.id()).log("The code goes by e-mail instead");
            });
        }
    }

    private void count(Message message, String outcome) {
        metrics.counter(
                        "amrutam.messages",
                        "channel",
                        message.channel().name(),
                        "kind",
                        message.kind().name(),
                        "outcome",
                        outcome)
                .increment();
    }

    private Letter letter(Message message) {
        var code = message.code();
        var text = code == null
                ? message.text()
                : message.text().replace(Templates.CODE, cipher.decrypt(code.subject(), code.bytes()));
        return new Letter(
                message.id(),
                message.recipient(),
                message.kind().name(),
                message.language(),
                message.subject(),
                text,
                code != null);
    }
}
