package com.amrutam.identity.user;

/** A way messages take. A person may switch one off for everything but codes. */
enum Channel {
    SMS,
    EMAIL,
    WHATSAPP,
    PUSH
}
