package com.amrutam.doctor.schedule;

import com.amrutam.doctor.availability.Slot;
import com.amrutam.doctor.availability.SlotEvents;
import com.amrutam.doctor.availability.Slots;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Makes a doctor's slots what the schedule offers, and tells the world, in the transaction that locked the doctor. */
@Component
class OfferSlots {
    private static final Logger log = LoggerFactory.getLogger(OfferSlots.class);

    private final Slots slots;
    private final SlotEvents events;

    OfferSlots(Slots slots, SlotEvents events) {
        this.slots = slots;
        this.events = events;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public Reconciliation offer(UUID doctorId, Schedule schedule, Instant now) {
        var notice = schedule.minimumNotice();
        var changes =
                Reconciliation.of(SlotGenerator.generate(schedule, now), slots.activeOf(doctorId, now), notice, now);
        var added = changes.publish().stream()
                .map(offer -> Slot.offered(
                        UuidCreator.getTimeOrderedEpoch(),
                        doctorId,
                        offer.start(),
                        offer.end(),
                        offer.start().minus(notice),
                        offer.modes()))
                .toList();
        // First away with the old: the new may stand where they stood.
        slots.withdraw(changes.withdraw());
        events.withdrawn(doctorId, changes.withdraw(), now);
        slots.markUnwanted(changes.unwanted(), true);
        slots.markUnwanted(changes.wanted(), false);
        slots.add(doctorId, added);
        events.published(doctorId, added, notice, now);
        if (!added.isEmpty() || !changes.withdraw().isEmpty()) {
            log.atInfo()
                    .addKeyValue("doctorId", doctorId)
                    .addKeyValue("published", added.size())
                    .addKeyValue("withdrawn", changes.withdraw().size())
                    .addKeyValue("conflicts", changes.conflicts().size())
                    .log("Slots offered");
        }
        return changes;
    }
}
