package com.amrutam.notification.message;

import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.notification.channel.Channel.Answer;
import com.amrutam.notification.channel.Channel.Letter;
import com.amrutam.notification.channel.Channels;
import com.amrutam.notification.message.Messages.Claimed;
import com.amrutam.notification.template.Templates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** Sends one claimed message and tells what became of it. Touches no table: a provider may take its time. */
@Component
class SendMessage {
    /** What may have arrived, and only the provider could say. */
    static final String UNCERTAIN = "uncertain";

    private static final int MAX_ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    private final Channels channels;
    private final CodeCipher cipher;
    private final Clock clock;

    SendMessage(Channels channels, CodeCipher cipher, Clock clock) {
        this.channels = channels;
        this.cipher = cipher;
        this.clock = clock;
    }

    Outcome send(Claimed claimed) {
        var message = claimed.message();
        var now = clock.instant();
        if (message.isTooLate(now)) {
            return new Outcome.Suppressed(message, "expired");
        }
        if (claimed.isSuperseded()) {
            return new Outcome.Suppressed(message, "superseded");
        }
        var channel = channels.named(message.channel());
        if (channel.isEmpty()) {
            // Queued before this service was told to do without; left in place it would stand before all others.
            return new Outcome.GivenUp(message, now, "no-channel");
        }
        Letter letter;
        try {
            letter = letter(message);
        } catch (IllegalArgumentException e) {
            // This service lacks the key the code was encrypted with.
            return new Outcome.GivenUp(message, now, "undecryptable-code");
        }
        return outcome(message, channel.get().send(letter), clock.instant());
    }

    /** For a message whose sender has died: it may have been sent or not. */
    static Outcome abandoned(Message message, Instant now) {
        return uncertain(message, now);
    }

    private static Outcome outcome(Message message, Answer answer, Instant now) {
        return switch (answer) {
            case Answer.Taken(String provider, String reference) -> new Outcome.Sent(message, now, provider, reference);
            case Answer.Refused refused -> again(message, now, refused.retryAfter(), "not-taken");
            case Answer.Undeliverable _ -> new Outcome.GivenUp(message, now, "bad-contact");
            case Answer.Unsure _ -> uncertain(message, now);
        };
    }

    /** A code twice is better than none; anything else is said to be uncertain, and not sent again. */
    private static Outcome uncertain(Message message, Instant now) {
        return message.isCode()
                ? again(message, now, Duration.ZERO, UNCERTAIN)
                : new Outcome.GivenUp(message, now, UNCERTAIN);
    }

    private static Outcome again(Message message, Instant now, Duration wanted, String otherwise) {
        if (message.attempts() >= MAX_ATTEMPTS) {
            return new Outcome.GivenUp(message, now, otherwise);
        }
        var pause = FIRST_PAUSE.multipliedBy(1L << (message.attempts() - 1));
        return new Outcome.Postponed(message, now.plus(pause.compareTo(wanted) > 0 ? pause : wanted));
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
                message.invitation(),
                message.isCode());
    }
}
