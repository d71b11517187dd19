package com.amrutam.notification.message;

import java.time.Instant;

/** What became of one attempt to send a message. */
sealed interface Outcome {
    Message message();

    /** In a word, for metrics and logs. */
    String reason();

    /**
     * A provider has it.
     *
     * @param reference what the provider's receipt will call it
     */
    record Sent(Message message, Instant at, String provider, String reference) implements Outcome {
        @Override
        public String reason() {
            return "sent";
        }
    }

    /** It is to be sent again. */
    record Postponed(Message message, Instant until) implements Outcome {
        @Override
        public String reason() {
            return "postponed";
        }
    }

    /** It will not be sent. */
    record GivenUp(Message message, Instant at, String reason) implements Outcome {}

    /** It would not be true any more. */
    record Suppressed(Message message, String reason) implements Outcome {}
}
