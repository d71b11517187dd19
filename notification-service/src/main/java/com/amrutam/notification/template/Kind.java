package com.amrutam.notification.template;

/** What a message is about. */
public enum Kind {
    LOGIN_CODE,
    BOOKING_CODE,
    APPOINTMENT_BOOKED,
    APPOINTMENT_CANCELLED
}
