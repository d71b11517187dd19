package com.amrutam.booking.appointment;

import com.amrutam.booking.slot.Slot;
import java.util.List;

/** What came of asking for a change of an appointment. */
sealed interface Outcome {
    record Changed(Appointment appointment) implements Outcome {}

    record Refused(Appointment.Refusal why) implements Outcome {}

    /** Somebody changed it since the caller read it. */
    record Stale(int version) implements Outcome {}

    record NoSuchSlot() implements Outcome {}

    /** @param alternatives the doctor's next free slots, at most three */
    record SlotTaken(List<Slot> alternatives) implements Outcome {}

    /** The patient has another appointment at that time. */
    record OverlappingAppointment() implements Outcome {}
}
