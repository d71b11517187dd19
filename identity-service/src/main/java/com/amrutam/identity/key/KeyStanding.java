package com.amrutam.identity.key;

/** What a signing key is there for. */
enum KeyStanding {
    /** Signs. */
    CURRENT,
    /** Published already, so that every verifier knows it when it becomes current. */
    NEXT,
    /** Has signed, and is published until the last of its tokens has ended. */
    RETIRED
}
