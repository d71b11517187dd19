package com.amrutam.notification.channel;

import java.time.Duration;
import java.util.UUID;

/** One way a message leaves the house. */
public interface Channel {
    ChannelName name();

    /**
     * Hands a message over; returning means that the other side has taken it.
     *
     * @throws NotTaken when it has not, or may not have
     */
    void send(Letter letter) throws NotTaken;

    /**
     * A message as it goes out.
     *
     * @param id the message's id; the same at every attempt, for providers that can tell a repetition
     * @param to phone number or address
     * @param kind what it is about, such as {@code LOGIN_CODE}
     * @param language of the text, {@code en} or {@code hi}
     * @param mayComeTwice whether twice is better than not at all, as it is for a code
     */
    record Letter(
            UUID id, String to, String kind, String language, String subject, String text, boolean mayComeTwice) {}

    /** The other side did not take a message, or did not say. */
    final class NotTaken extends Exception {
        private final Duration retryAfter;
        private final boolean uncertain;

        public NotTaken(String reason) {
            this(reason, Duration.ZERO, false);
        }

        /**
         * @param retryAfter how long the other side wants to be left alone; zero when it did not say
         * @param uncertain whether it may have taken the message all the same
         */
        public NotTaken(String reason, Duration retryAfter, boolean uncertain) {
            super(reason);
            this.retryAfter = retryAfter;
            this.uncertain = uncertain;
        }

        public Duration retryAfter() {
            return retryAfter;
        }

        public boolean isUncertain() {
            return uncertain;
        }
    }
}
