package com.amrutam.doctor.schedule;

import com.amrutam.doctor.availability.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/**
 * What has to change so that a doctor's slots are those the schedule offers.
 *
 * @param publish new slots; none where a patient still holds or has booked something at that time
 * @param withdraw free slots that are no longer offered
 * @param unwanted taken slots the schedule no longer offers, and did until now
 * @param wanted taken slots the schedule offers again
 * @param conflicts all booked slots that the schedule does not offer: doctor and patient have to talk
 */
record Reconciliation(
        List<Interval> publish, List<Slot> withdraw, List<Slot> unwanted, List<Slot> wanted, List<Slot> conflicts) {
    /**
     * @param offers what the schedule offers from now on, by start
     * @param slots the doctor's slots that are not withdrawn and have not ended
     */
    static Reconciliation of(List<Interval> offers, List<Slot> slots, Duration minimumNotice, Instant now) {
        var offered = new HashSet<>(offers);
        var kept = new HashSet<Interval>();
        // Slots of one doctor do not overlap, so the one that starts last before an interval ends tells it all.
        var immovable = new TreeMap<Instant, Interval>();
        var withdraw = new ArrayList<Slot>();
        var unwanted = new ArrayList<Slot>();
        var wanted = new ArrayList<Slot>();
        var conflicts = new ArrayList<Slot>();
        for (var slot : slots) {
            var interval = Interval.of(slot);
            boolean hasBegun = !slot.start().isAfter(now);
            boolean fits = offered.contains(interval);
            if (hasBegun || slot.isTaken()) {
                immovable.put(interval.start(), interval);
            }
            if (hasBegun) {
                continue;
            }
            if (slot.isTaken()) {
                if (fits) {
                    kept.add(interval);
                    if (slot.unwanted()) {
                        wanted.add(slot);
                    }
                } else {
                    if (!slot.unwanted()) {
                        unwanted.add(slot);
                    }
                    if (slot.state() == Slot.State.BOOKED) {
                        conflicts.add(slot);
                    }
                }
            } else if (fits && slot.bookableUntil().equals(slot.start().minus(minimumNotice))) {
                kept.add(interval);
            } else {
                // Booking keeps the notice a slot was published with, so another notice takes another slot.
                withdraw.add(slot);
            }
        }
        var publish = offers.stream()
                .filter(offer -> !kept.contains(offer))
                .filter(offer -> offer.start().minus(minimumNotice).isAfter(now))
                .filter(offer -> {
                    var before = immovable.lowerEntry(offer.end());
                    return before == null || !before.getValue().overlaps(offer);
                })
                .toList();
        return new Reconciliation(publish, withdraw, unwanted, wanted, conflicts);
    }
}
