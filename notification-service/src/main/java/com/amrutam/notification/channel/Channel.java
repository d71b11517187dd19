package com.amrutam.notification.channel;

import com.amrutam.notification.calendar.Invitation;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One way a message leaves the house. */
public interface Channel {
    ChannelName name();

    /** Hands a message over and tells what the other side said. */
    Answer send(Letter letter);

    /**
     * A message as it goes out.
     *
     * @param id the message's id; the same at every attempt, for providers that can tell a repetition
     * @param to phone number or address
     * @param kind what it is about, such as {@code LOGIN_CODE}
     * @param language of the text, {@code en} or {@code hi}
     * @param invitation for the calendar; absent when there is nothing to enter
     * @param mayComeTwice whether twice is better than not at all, as it is for a code
     */
    record Letter(
            UUID id,
            String to,
            String kind,
            String language,
            String subject,
            String text,
            @Nullable Invitation invitation,
            boolean mayComeTwice) {}

    /** What the other side said to a message. */
    sealed interface Answer {
        /**
         * It has the message.
         *
         * @param provider who took it
         * @param reference what a receipt will call the message
         */
        record Taken(String provider, String reference) implements Answer {}

        /**
         * It has not, and may be asked again.
         *
         * @param why for the log: no personal data
         * @param retryAfter how long it wants to be left alone; zero when it did not say
         */
        record Refused(String why, Duration retryAfter) implements Answer {
            Refused(String why) {
                this(why, Duration.ZERO);
            }
        }

        /** Nobody will ever take it, such as to what is no address. */
        record Undeliverable(String why) implements Answer {}

        /** It may have the message or not: only it could say. */
        record Unsure(String why) implements Answer {}
    }
}
