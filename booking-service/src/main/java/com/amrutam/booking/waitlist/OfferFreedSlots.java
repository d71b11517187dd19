package com.amrutam.booking.waitlist;

import com.amrutam.booking.lock.GrantLock;
import com.amrutam.booking.lock.Patients;
import com.amrutam.booking.lock.SlotLock;
import com.amrutam.booking.slot.FreedSlots;
import com.amrutam.booking.slot.Mode;
import com.amrutam.booking.slot.Slot;
import com.amrutam.booking.slot.Slots;
import com.amrutam.booking.waitlist.Waitlist.Waiting;
import java.time.Clock;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Offers a slot to the first in line in the transaction that frees it, so that nobody can slip in between. A sweep, on
 * any instance, offers what that could not: slots newly published, and those whose first in line was just then busy.
 */
@Component
class OfferFreedSlots implements FreedSlots {
    private static final Logger log = LoggerFactory.getLogger(OfferFreedSlots.class);

    private final Waitlist waitlist;
    private final Slots slots;
    private final Patients patients;
    private final GrantLock grantLock;
    private final WaitlistEvents events;
    private final WaitlistPolicies policies;
    private final TransactionTemplate transaction;
    private final Clock clock;

    OfferFreedSlots(
            Waitlist waitlist,
            Slots slots,
            Patients patients,
            GrantLock grantLock,
            WaitlistEvents events,
            WaitlistPolicies policies,
            TransactionTemplate transaction,
            Clock clock) {
        this.waitlist = waitlist;
        this.slots = slots;
        this.patients = patients;
        this.grantLock = grantLock;
        this.events = events;
        this.policies = policies;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void freed(UUID slotId) {
        offer(slotId);
    }

    @Scheduled(fixedDelayString = "${amrutam.booking.waitlist.sweep-interval:2s}")
    void sweep() {
        Boolean offered;
        do {
            offered = transaction.execute(
                    status -> waitlist.nextWanted().map(this::offer).orElse(false));
        } while (Boolean.TRUE.equals(offered));
    }

    /** The caller has the slot's row. */
    private boolean offer(UUID slotId) {
        var first = waitlist.firstFor(slotId);
        if (first.isEmpty()) {
            return false;
        }
        var slot = slots.find(slotId).orElseThrow();
        var patientId = first.get().patientId();
        // Only tried, since whoever decides on a patient waits for slots: the slot's row is in our hands. And looked at
        // once more, since what they have decided meanwhile was not there for the query.
        if (!patients.tryTake(patientId) || patients.isBusy(patientId, slot.start(), slot.end())) {
            return false;
        }
        return grantLock
                .grant(slot, mode(first.get(), slot), patientId, SlotLock.Reason.WAITLIST, policies.offerLength())
                .map(lock -> offered(first.get(), lock))
                .orElse(false);
    }

    private boolean offered(Waiting entry, SlotLock lock) {
        waitlist.offered(entry.id(), lock.id());
        events.offered(entry.id(), lock, clock.instant());
        log.atInfo()
                .addKeyValue("slotId", lock.slotId())
                .addKeyValue("waitlistEntryId", entry.id())
                .log("Slot offered to the first in line");
        return true;
    }

    private static Mode mode(Waiting entry, Slot slot) {
        return entry.mode() != null
                ? entry.mode()
                : slot.modes().stream().sorted().findFirst().orElseThrow();
    }
}
