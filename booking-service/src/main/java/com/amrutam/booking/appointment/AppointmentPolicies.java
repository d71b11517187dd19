package com.amrutam.booking.appointment;

import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What patients may do with their appointments.
 *
 * @param cancellationNotice how long before its start a patient may still call an appointment off
 */
@Validated
@ConfigurationProperties("amrutam.booking.appointment")
record AppointmentPolicies(@DurationMin @DefaultValue("24h") Duration cancellationNotice) {}
