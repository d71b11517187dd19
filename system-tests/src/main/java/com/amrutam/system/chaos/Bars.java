package com.amrutam.system.chaos;

import java.time.Duration;

/** How long anybody may be without a service, by what went wrong. */
final class Bars {
    /** Of an orderly restart with a second instance at hand nobody may see anything. */
    static final Duration UNNOTICED = Duration.ZERO;

    static final Duration AFTER_SERVICE_KILL = Duration.ofSeconds(5);
    static final Duration AFTER_POSTGRES_RESTART = Duration.ofSeconds(15);

    /** Where nothing is promised: from when all is whole again. */
    static final Duration RECOVERY = Duration.ofSeconds(60);

    private Bars() {}
}
