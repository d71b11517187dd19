package com.amrutam.identity.challenge;

import java.time.Clock;
import java.time.Duration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets challenges, and the phone numbers in them, once no cap is counted from them. Any instance, any number. */
@Component
class DropOldChallenges {
    private static final Duration KEPT = CodePolicy.DAY.multipliedBy(2);

    private final Challenges challenges;
    private final Clock clock;

    DropOldChallenges(Challenges challenges, Clock clock) {
        this.challenges = challenges;
        this.clock = clock;
    }

    @Scheduled(fixedDelayString = "PT1H")
    public void drop() {
        challenges.dropRequestedBefore(clock.instant().minus(KEPT));
    }
}
