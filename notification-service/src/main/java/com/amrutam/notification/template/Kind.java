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
    APPOINTMENT_REMINDER;

    /** True when somebody waits for it with a code to hand in. */
    public boolean isCode() {
        return switch (this) {
            case LOGIN_CODE, EMAIL_CODE, BOOKING_CODE, WAITLIST_OFFER -> true;
            case APPOINTMENT_BOOKED, APPOINTMENT_RESCHEDULED, APPOINTMENT_CANCELLED, APPOINTMENT_REMINDER -> false;
        };
    }
}
