package com.amrutam.identity.user;

/** What a user may be to Amrutam. A user may be several. */
public enum Role {
    PATIENT,
    DOCTOR,
    ADMIN
}
