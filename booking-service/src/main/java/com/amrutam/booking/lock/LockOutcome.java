package com.amrutam.booking.lock;

import com.amrutam.booking.slot.Slot;
import java.util.List;

/** What came of asking for a slot. */
sealed interface LockOutcome {
    record Locked(SlotLock lock) implements LockOutcome {}

    record NoSuchSlot() implements LockOutcome {}

    /** @param alternatives the doctor's next free slots, at most three */
    record SlotTaken(List<Slot> alternatives) implements LockOutcome {}

    /** The slot may be booked in more than one mode, and none was chosen. */
    record ModeRequired() implements LockOutcome {}

    record ModeNotOffered() implements LockOutcome {}

    /** The slot starts before the notice its doctor asks for. */
    record TooSoon() implements LockOutcome {}

    /** @param most how many locks a patient may hold at once */
    record TooManyLocks(int most) implements LockOutcome {}

    /** @param most how many appointments a patient may have ahead */
    record TooManyAppointments(int most) implements LockOutcome {}

    /** The patient has an appointment at that time. */
    record OverlappingAppointment() implements LockOutcome {}
}
