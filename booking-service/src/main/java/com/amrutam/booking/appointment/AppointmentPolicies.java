package com.amrutam.booking.appointment;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What patients may do with their appointments.
 *
 * @param cancellationNotice how long before its start a patient may still call an appointment off
 * @param rescheduleNotice how long before its start a patient may still move one
 * @param reschedules how often a patient may move one
 * @param doctors other notice for single doctors, by their ids
 */
@Validated
@ConfigurationProperties("amrutam.booking.appointment")
record AppointmentPolicies(
        @DurationMin @DefaultValue("24h") Duration cancellationNotice,
        @DurationMin @DefaultValue("24h") Duration rescheduleNotice,
        @Min(0) @DefaultValue("3") int reschedules,
        @DefaultValue Map<UUID, @Valid DoctorsOwn> doctors) {

    /**
     * What one doctor asks for instead.
     *
     * @param cancellationNotice as above; the general one when left out
     * @param rescheduleNotice as above; the general one when left out
     */
    record DoctorsOwn(
            @Nullable @DurationMin Duration cancellationNotice,
            @Nullable @DurationMin Duration rescheduleNotice) {}

    Duration cancellationNotice(UUID doctorId) {
        var own = doctors.get(doctorId);
        return own == null || own.cancellationNotice() == null ? cancellationNotice : own.cancellationNotice();
    }

    Duration rescheduleNotice(UUID doctorId) {
        var own = doctors.get(doctorId);
        return own == null || own.rescheduleNotice() == null ? rescheduleNotice : own.rescheduleNotice();
    }
}
