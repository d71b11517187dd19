package com.amrutam.notification.message;

import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Sends again what no provider took, once the providers are well again. */
@Component
class ReplayFailed {
    private static final Duration LAST = Duration.ofDays(1);

    private final Messages messages;
    private final MessageSender sender;
    private final Clock clock;

    ReplayFailed(Messages messages, MessageSender sender, Clock clock) {
        this.messages = messages;
        this.sender = sender;
        this.clock = clock;
    }

    /** @return how many messages are sent again */
    int replay() {
        int queued = messages.queueFailedSince(clock.instant().minus(LAST));
        sender.wake(false);
        return queued;
    }
}
