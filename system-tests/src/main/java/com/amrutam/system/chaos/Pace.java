package com.amrutam.system.chaos;

import java.time.Duration;

/** How people take their time. */
final class Pace {
    /** Between two looks at the phone. */
    static final Duration LOOK = Duration.ofMillis(100);

    /** Before trying again what failed. */
    static final Duration RETRY = Duration.ofMillis(300);

    /** Between two reads of one person: below the limit of a hundred calls a minute, retries included. */
    static final Duration READ = Duration.ofSeconds(1);

    /** Between two changes of one person: the limit is ten a minute. */
    static final Duration CHANGE = Duration.ofSeconds(7);

    private Pace() {}
}
