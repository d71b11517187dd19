package com.amrutam.system.check;

/** What a client asked for; reads leave nothing behind to check. */
public enum Operation {
    HOLD,
    RELEASE,
    BOOK,
    CANCEL,
    RESCHEDULE,
    READ
}
