package com.amrutam.booking.appointment;

import com.amrutam.booking.appointment.Reviews.Review;
import com.amrutam.booking.slot.Slot;
import com.amrutam.booking.slot.Slots.GivenBack;
import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentCompleted;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.AppointmentReviewed;
import com.amrutam.events.booking.CancelledBy;
import com.amrutam.events.doctor.OfferedSlot;
import com.amrutam.kit.outbox.Outbox;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** Tells the world about appointments. */
@Component
class AppointmentEvents {
    private final Outbox outbox;

    AppointmentEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void booked(Appointment appointment, int slotVersion) {
        outbox.publish(AppointmentBooked.newBuilder()
                .setAppointmentId(appointment.id())
                .setAppointmentVersion(appointment.version())
                .setSlotId(appointment.slotId())
                .setSlotVersion(slotVersion)
                .setDoctorId(appointment.doctorId())
                .setPatientId(appointment.patientId())
                .setMode(Mode.valueOf(appointment.mode().name()))
                .setStart(appointment.start())
                .setEnd(appointment.end())
                .setBookedAt(appointment.bookedAt())
                .build());
    }

    void cancelled(Appointment appointment, GivenBack slot, List<Slot> alternatives) {
        var cancellation = Objects.requireNonNull(appointment.cancellation());
        outbox.publish(AppointmentCancelled.newBuilder()
                .setAppointmentId(appointment.id())
                .setAppointmentVersion(appointment.version())
                .setSlotId(appointment.slotId())
                .setSlotVersion(slot.version())
                .setSlotFree(slot.free())
                .setDoctorId(appointment.doctorId())
                .setPatientId(appointment.patientId())
                .setMode(Mode.valueOf(appointment.mode().name()))
                .setStart(appointment.start())
                .setEnd(appointment.end())
                .setCancelledBy(CancelledBy.valueOf(cancellation.by().name()))
                .setAlternatives(
                        alternatives.stream().map(AppointmentEvents::offered).toList())
                .setCancelledAt(cancellation.at())
                .build());
    }

    /**
     * @param slotVersion of the slot it moved to
     * @param left the slot it left
     */
    void rescheduled(Appointment before, Appointment after, int slotVersion, GivenBack left) {
        outbox.publish(AppointmentRescheduled.newBuilder()
                .setAppointmentId(after.id())
                .setAppointmentVersion(after.version())
                .setSlotId(after.slotId())
                .setSlotVersion(slotVersion)
                .setPreviousSlotId(left.id())
                .setPreviousSlotVersion(left.version())
                .setPreviousSlotFree(left.free())
                .setDoctorId(after.doctorId())
                .setPatientId(after.patientId())
                .setMode(Mode.valueOf(after.mode().name()))
                .setStart(after.start())
                .setEnd(after.end())
                .setPreviousStart(before.start())
                .setRescheduledAt(after.scheduledAt())
                .build());
    }

    void completed(Appointment appointment, Instant at) {
        outbox.publish(AppointmentCompleted.newBuilder()
                .setAppointmentId(appointment.id())
                .setAppointmentVersion(appointment.version())
                .setSlotId(appointment.slotId())
                .setDoctorId(appointment.doctorId())
                .setPatientId(appointment.patientId())
                .setMode(Mode.valueOf(appointment.mode().name()))
                .setOutcome(com.amrutam.events.booking.Outcome.valueOf(
                        appointment.status().name()))
                .setStart(appointment.start())
                .setCompletedAt(at)
                .build());
    }

    void reviewed(Appointment appointment, Review review) {
        outbox.publish(AppointmentReviewed.newBuilder()
                .setReviewId(review.id())
                .setAppointmentId(appointment.id())
                .setDoctorId(appointment.doctorId())
                .setPatientId(appointment.patientId())
                .setRating(review.rating())
                .setReviewedAt(review.reviewedAt())
                .build());
    }

    private static OfferedSlot offered(Slot slot) {
        return OfferedSlot.newBuilder()
                .setSlotId(slot.id())
                .setStart(slot.start())
                .setEnd(slot.end())
                .setModes(slot.modes().stream()
                        .sorted()
                        .map(mode -> Mode.valueOf(mode.name()))
                        .toList())
                .build();
    }
}
