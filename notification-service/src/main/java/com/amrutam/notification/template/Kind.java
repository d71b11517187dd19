package com.amrutam.notification.template;

/** What a message is about. */
public enum Kind {
    LOGIN_CODE,
    EMAIL_CODE,
    BOOKING_CODE,
    WAITLIST_OFFER,
    APPOINTMENT_BOOKED,
    APPOINTMENT_RESCHEDULED,
    APPOINTMENT_CANCELLED,
    APPOINTMENT_REMINDER
}
