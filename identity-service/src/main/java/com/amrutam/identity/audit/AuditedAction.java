package com.amrutam.identity.audit;

/** The deeds that go on record. A name, once released, stays: old entries hold it. */
public enum AuditedAction {
    /** The first administrator was created from the configuration. */
    ADMIN_SEEDED,
    /** An administrator gave a user other roles. */
    ROLES_CHANGED,
    /** A refresh token came back after it was spent: somebody holds a copy, so the session was ended. */
    REFRESH_TOKEN_REUSED,
    /** Tokens are signed with another key. */
    SIGNING_KEY_ROTATED,
    /** A person proved to read an e-mail address. */
    EMAIL_VERIFIED,
    /** A person had themselves forgotten. */
    USER_ERASED
}
