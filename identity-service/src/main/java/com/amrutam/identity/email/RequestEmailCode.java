package com.amrutam.identity.email;

import com.amrutam.identity.challenge.CodeProperties;
import com.amrutam.identity.user.Users;
import com.amrutam.kit.codes.OneTimeCodes;
import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sends a code to the address a person wants to use. */
@Component
class RequestEmailCode {
    private static final Logger log = LoggerFactory.getLogger(RequestEmailCode.class);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration KEPT = Duration.ofDays(2);

    private final Users users;
    private final EmailChallenges challenges;
    private final EmailEvents events;
    private final OneTimeCodes codes;
    private final CodeProperties properties;
    private final Clock clock;

    RequestEmailCode(
            Users users,
            EmailChallenges challenges,
            EmailEvents events,
            OneTimeCodes codes,
            CodeProperties properties,
            Clock clock) {
        this.users = users;
        this.challenges = challenges;
        this.events = events;
        this.codes = codes;
        this.properties = properties;
        this.clock = clock;
    }

    /** Requests of one user take turns at the user's row, so that each counts the ones before. */
    @Transactional
    public Outcome request(UUID userId) {
        var user = users.findForChange(userId);
        if (user.isEmpty()) {
            return new Outcome.NoSuchUser();
        }
        var email = user.get().profile().unverifiedEmail();
        if (email == null) {
            return new Outcome.NothingToVerify();
        }
        var now = clock.instant();
        var recent = challenges.recent(userId, now.minus(DAY));
        if (recent.oldest() != null && recent.count() >= properties.dailyCapPerPhone()) {
            return new Outcome.CapReached(Duration.between(now, recent.oldest().plus(DAY)));
        }
        if (recent.latest() != null && now.isBefore(recent.latest().plus(properties.resendAfter()))) {
            return new Outcome.TooSoon(Duration.between(now, recent.latest().plus(properties.resendAfter())));
        }
        var id = UuidCreator.getTimeOrderedEpoch();
        var code = codes.next();
        var challenge = new EmailChallenge(
                id, userId, email, codes.digest(id, code), now, now.plus(properties.lifetime()), properties.attempts());
        challenges.open(challenge);
        events.codeRequested(challenge, user.get(), code);
        log.atInfo().addKeyValue("challengeId", id).log("E-mail code requested");
        return new Outcome.Sent(id, challenge.expiresAt(), properties.resendAfter());
    }

    @Scheduled(fixedDelayString = "PT1H")
    void dropOld() {
        challenges.dropRequestedBefore(clock.instant().minus(KEPT));
    }

    sealed interface Outcome {
        record Sent(UUID challengeId, Instant expiresAt, Duration resendAfter) implements Outcome {}

        record NothingToVerify() implements Outcome {}

        record TooSoon(Duration retryAfter) implements Outcome {}

        record CapReached(Duration retryAfter) implements Outcome {}

        /** The account is gone, though a token for it still lives. */
        record NoSuchUser() implements Outcome {}
    }
}
