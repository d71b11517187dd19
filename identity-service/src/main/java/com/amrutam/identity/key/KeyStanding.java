package com.amrutam.identity.key;

/** What a signing key is there for. */
enum KeyStanding {
    /** Signs. */
    CURRENT,
    /** Published already, so that every verifier knows it when it becomes current. */
    NEXT
}
