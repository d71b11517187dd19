package com.amrutam.booking.slot;

/** How a consultation takes place. */
public enum Mode {
    ONLINE,
    IN_PERSON
}
