package com.amrutam.notification.message;

import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what a provider says became of a message. A receipt may overtake the record that the provider has the message, so
 * receipts are kept and looked at again for a while.
 */
@Component
public class TakeReceipt {
    /** Longer than a replayed receipt passes for a new one, and than a message can be on its way. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final Receipts receipts;
    private final DeliveryEvents events;
    private final MessageMetrics metrics;
    private final Clock clock;

    TakeReceipt(Receipts receipts, DeliveryEvents events, MessageMetrics metrics, Clock clock) {
        this.receipts = receipts;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * A receipt whose signature was verified.
     *
     * @param signature no two receipts have the same
     * @param reference what the provider calls the message
     * @param arrived whether the message did
     */
    public record Receipt(byte[] signature, String provider, String reference, boolean arrived) {}

    /** False when this very receipt was taken before. */
    @Transactional
    public boolean take(Receipt receipt) {
        if (!receipts.keep(receipt)) {
            return false;
        }
        settle();
        return true;
    }

    /** Matches the receipts that came before their message was recorded. */
    @Scheduled(fixedDelayString = "PT2S")
    @Transactional
    public void settle() {
        var now = clock.instant();
        var settled = receipts.settle();
        events.receipted(settled, now);
        metrics.receipted(settled);
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forgetOld() {
        receipts.forgetBefore(clock.instant().minus(KEPT));
    }
}
