package com.amrutam.doctor.search;

import java.time.Instant;

/**
 * The answer to a search.
 *
 * @param body as it goes over the wire, JSON
 * @param goodUntil when the first of the slots it shows can no longer be booked
 */
record Answer(byte[] body, Instant goodUntil) {
    boolean isGoodAt(Instant now) {
        return now.isBefore(goodUntil);
    }
}
