package com.amrutam.doctor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.doctor.Mode;
import com.amrutam.doctor.availability.Slot;
import com.amrutam.doctor.availability.Slot.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final Duration NOTICE = Duration.ofMinutes(60);
    private static final Set<Mode> ONLINE = Set.of(Mode.ONLINE);

    @Test
    void what_is_offered_and_there_stays_as_it_is() {
        var changes = reconcile(
                List.of(offer(2, 3), offer(3, 4), offer(4, 5)),
                List.of(slot(2, 3, State.FREE), slot(3, 4, State.LOCKED), slot(4, 5, State.BOOKED)));

        assertThat(changes).isEqualTo(new Reconciliation(List.of(), List.of(), List.of(), List.of(), List.of()));
    }

    @Test
    void a_free_slot_that_no_longer_fits_is_withdrawn_and_a_booked_one_is_a_conflict() {
        var free = slot(2, 3, State.FREE);
        var locked = slot(4, 5, State.LOCKED);
        var booked = slot(6, 7, State.BOOKED);

        var changes = reconcile(List.of(), List.of(free, locked, booked));

        assertThat(changes.withdraw()).containsExactly(free);
        assertThat(changes.unwanted()).containsExactly(locked, booked);
        assertThat(changes.conflicts()).containsExactly(booked);
    }

    @Test
    void nothing_is_published_over_a_patient() {
        var booked = slot(4, 6, State.BOOKED);

        var changes = reconcile(List.of(offer(3, 4), offer(4, 5), offer(5, 6), offer(6, 7)), List.of(booked));

        assertThat(changes.publish()).containsExactly(offer(3, 4), offer(6, 7));
    }

    @Test
    void a_conflict_is_told_again_but_noted_once_and_ends_when_the_hours_come_back() {
        var conflict = unwanted(slot(4, 5, State.BOOKED));

        assertThat(reconcile(List.of(), List.of(conflict)))
                .isEqualTo(new Reconciliation(List.of(), List.of(), List.of(), List.of(), List.of(conflict)));
        assertThat(reconcile(List.of(offer(4, 5)), List.of(conflict)))
                .isEqualTo(new Reconciliation(List.of(), List.of(), List.of(), List.of(conflict), List.of()));
    }

    @Test
    void what_nobody_could_book_in_time_is_not_published_and_a_slot_too_near_to_book_is_not_withdrawn() {
        // The notice is an hour: 04:00 is too near by a hair.
        var near = slot(1, 2, State.FREE);

        assertThat(reconcile(List.of(offer(1, 2), offer(2, 3)), List.of()).publish())
                .containsExactly(offer(2, 3));
        assertThat(reconcile(List.of(offer(1, 2)), List.of(near)).withdraw()).isEmpty();
    }

    @Test
    void another_notice_or_other_modes_take_another_slot() {
        var free = slot(4, 5, State.FREE);
        var other = new Interval(hour(4), hour(5), Set.of(Mode.IN_PERSON));

        var notice = Reconciliation.of(List.of(offer(4, 5)), List.of(free), Duration.ZERO, NOW);
        var modes = reconcile(List.of(other), List.of(free));

        assertThat(notice.withdraw()).containsExactly(free);
        assertThat(notice.publish()).containsExactly(offer(4, 5));
        assertThat(modes.withdraw()).containsExactly(free);
        assertThat(modes.publish()).containsExactly(other);
    }

    @Test
    void a_slot_that_has_begun_is_left_alone_and_blocks_its_time() {
        var running = slot(-1, 3, State.FREE);

        var changes = reconcile(List.of(offer(2, 3), offer(3, 4)), List.of(running));

        assertThat(changes.withdraw()).isEmpty();
        assertThat(changes.publish()).containsExactly(offer(3, 4));
    }

    private static Reconciliation reconcile(List<Interval> offers, List<Slot> slots) {
        return Reconciliation.of(offers, slots, NOTICE, NOW);
    }

    private static Instant hour(int hours) {
        return NOW.plus(Duration.ofHours(hours));
    }

    private static Interval offer(int from, int to) {
        return new Interval(hour(from), hour(to), ONLINE);
    }

    private static Slot slot(int from, int to, State state) {
        return new Slot(
                UUID.randomUUID(),
                new UUID(0, 1),
                hour(from),
                hour(to),
                hour(from).minus(NOTICE),
                ONLINE,
                1,
                state,
                false);
    }

    private static Slot unwanted(Slot slot) {
        return new Slot(
                slot.id(),
                slot.doctorId(),
                slot.start(),
                slot.end(),
                slot.bookableUntil(),
                slot.modes(),
                slot.version(),
                slot.state(),
                true);
    }
}
