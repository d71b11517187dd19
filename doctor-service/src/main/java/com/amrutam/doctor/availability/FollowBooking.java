package com.amrutam.doctor.availability;

import com.amrutam.doctor.availability.Slot.State;
import com.amrutam.kit.inbox.StaleEvents;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Brings the view to what booking says of a slot. Whatever the order of arrival, the highest version decides; the two
 * cases where doctor and booking acted at the same time end as booking has it, because a booked patient comes.
 */
@Service
class FollowBooking {
    private static final Logger log = LoggerFactory.getLogger(FollowBooking.class);

    private final Slots slots;
    private final SlotEvents events;
    private final StaleEvents staleEvents;
    private final Clock clock;

    FollowBooking(Slots slots, SlotEvents events, StaleEvents staleEvents, Clock clock) {
        this.slots = slots;
        this.events = events;
        this.staleEvents = staleEvents;
        this.clock = clock;
    }

    /** Waits for others who change slots of these doctors, and has them wait for the end of the transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void takeTurns(Collection<UUID> doctorIds) {
        slots.lockDoctors(doctorIds);
    }

    /**
     * Follows all of this in two statements, unless one of the slots was taken back by its doctor or goes for good: then
     * nothing is done, and each is to be {@linkplain #follow followed} for itself. The caller has {@linkplain #takeTurns
     * taken turns} for the doctors.
     *
     * @return whether all was followed
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean followAtOnce(List<SlotNews> news) {
        var known = slots.findAll(news.stream().map(SlotNews::slotId).collect(Collectors.toSet()));
        if (news.stream().anyMatch(one -> one.kind() == SlotNews.Kind.GONE)
                || known.values().stream().anyMatch(slot -> slot.state() == State.WITHDRAWN || slot.unwanted())) {
            return false;
        }
        var followed = new HashMap<UUID, Slot>();
        for (var one : news) {
            var slot = followed.getOrDefault(one.slotId(), known.get(one.slotId()));
            if (slot == null || slot.version() >= one.version()) {
                staleEvents.ignored("slot", one.slotId(), one.version());
            } else {
                followed.put(
                        one.slotId(),
                        slot.become(one.version(), State.valueOf(one.kind().name()), false));
            }
        }
        slots.saveAll(followed.values());
        return true;
    }

    /** The caller has {@linkplain #takeTurns taken turns} for the doctor. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void follow(SlotNews news) {
        var found = slots.find(news.slotId());
        int version = news.version();
        if (found.isEmpty() || found.get().version() >= version) {
            staleEvents.ignored("slot", news.slotId(), version);
            return;
        }
        var slot = found.get();
        switch (news.kind()) {
            case LOCKED -> taken(slot, version, State.LOCKED);
            case BOOKED -> taken(slot, version, State.BOOKED);
            case FREE -> free(slot, version);
            case GONE -> slots.save(slot.become(version, State.WITHDRAWN, false));
        }
    }

    private void taken(Slot slot, int version, State state) {
        if (slot.state() != State.WITHDRAWN) {
            slots.save(slot.become(version, state, slot.unwanted()));
            return;
        }
        // A patient was faster than the doctor's change of schedule. The slot counts again until it is given back, and
        // what the new schedule offers at the same time cannot be kept.
        var inItsPlace = slots.overlapping(slot);
        if (inItsPlace.stream().anyMatch(Slot::isTaken)) {
            slots.save(slot.become(version, State.WITHDRAWN, false));
            log.atWarn()
                    .addKeyValue("slotId", slot.id())
                    .addKeyValue("doctorId", slot.doctorId())
                    .log("Booking gave away a slot that overlaps another one it gave away");
            return;
        }
        withdraw(slot.doctorId(), inItsPlace);
        slots.save(slot.become(version, state, true));
    }

    private void free(Slot slot, int version) {
        if (slot.state() == State.WITHDRAWN || slot.unwanted()) {
            // Booking could not withdraw it while it was taken, so it is asked again.
            slots.save(slot.become(version, State.WITHDRAWN, false));
            events.withdrawn(slot.doctorId(), List.of(slot), clock.instant());
        } else {
            slots.save(slot.become(version, State.FREE, false));
        }
    }

    private void withdraw(UUID doctorId, List<Slot> free) {
        slots.withdraw(free);
        events.withdrawn(doctorId, free, clock.instant());
    }
}
