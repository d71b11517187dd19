package com.amrutam.doctor.notice;

import java.util.List;

/** Somebody who wants to hear what Postgres tells on a channel. All calls come from one thread. */
public interface Hearer {
    /** The channel, as {@code pg_notify} has it. */
    String channel();

    /** What was told since the last call, in the order of the commits. */
    void heard(List<String> payloads);

    /** From now on everything is heard; what was told before may not have been. */
    void hearing();

    /** From now on nothing is heard. */
    void deaf();
}
