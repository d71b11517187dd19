package com.amrutam.identity.challenge;

import com.amrutam.identity.user.Language;
import com.amrutam.identity.user.Phone;
import com.amrutam.identity.user.Users;
import com.amrutam.kit.codes.OneTimeCodes;
import com.github.f4b6a3.uuid.UuidCreator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Sends a code to a phone, whether somebody with this phone is known or not. */
@Component
class RequestCode {
    private static final Logger log = LoggerFactory.getLogger(RequestCode.class);

    private final Challenges challenges;
    private final ChallengeEvents events;
    private final Users users;
    private final OneTimeCodes codes;
    private final CodeProperties properties;
    private final CodePolicy policy;
    private final MeterRegistry meters;
    private final Clock clock;

    RequestCode(
            Challenges challenges,
            ChallengeEvents events,
            Users users,
            OneTimeCodes codes,
            CodeProperties properties,
            MeterRegistry meters,
            Clock clock) {
        this.challenges = challenges;
        this.events = events;
        this.users = users;
        this.codes = codes;
        this.properties = properties;
        this.policy = new CodePolicy(properties.resendAfter(), properties.dailyCapPerPhone());
        this.meters = meters;
        this.clock = clock;
        // From the start, all at zero: a series that begins with one shows no increase.
        List.of("sent", "too-soon", "phone-cap", "client-cap", "block-cap").forEach(this::requested);
    }

    /** @param clientAddress who asks, where that is known */
    @Transactional
    public Outcome request(Phone phone, @Nullable String clientAddress) {
        challenges.takeTurns(phone);
        var now = clock.instant();
        return floodCap(phone, clientAddress, now)
                .<Outcome>map(Outcome.CapReached::new)
                .orElseGet(() -> decide(phone, clientAddress, now));
    }

    private Outcome decide(Phone phone, @Nullable String clientAddress, Instant now) {
        return switch (policy.decide(challenges.recent(phone, now.minus(CodePolicy.DAY)), now)) {
            case CodePolicy.Decision.TooSoon refused -> {
                count("too-soon");
                yield new Outcome.TooSoon(refused.retryAfter());
            }
            case CodePolicy.Decision.CapReached refused -> {
                count("phone-cap");
                yield new Outcome.CapReached(refused.retryAfter());
            }
            case CodePolicy.Decision.Send send -> {
                count("sent");
                yield send(phone, clientAddress, now);
            }
        };
    }

    /** How long a client or a block of numbers that has had its share has to wait. */
    private Optional<Duration> floodCap(Phone phone, @Nullable String clientAddress, Instant now) {
        var since = now.minus(CodePolicy.DAY);
        if (clientAddress != null) {
            var wait = CodePolicy.wait(challenges.askedBy(clientAddress, since), properties.dailyCapPerClient(), now);
            if (wait.isPresent()) {
                count("client-cap");
                return wait;
            }
        }
        var wait = CodePolicy.wait(challenges.sentNear(phone, since), properties.dailyCapPerBlock(), now);
        if (wait.isPresent()) {
            count("block-cap");
            log.atWarn()
                    .addKeyValue("dailyCap", properties.dailyCapPerBlock())
                    .log("A block of phone numbers has reached its cap");
        }
        return wait;
    }

    private void count(String outcome) {
        requested(outcome).increment();
    }

    private Counter requested(String outcome) {
        return Counter.builder("amrutam.codes.requested")
                .description("What became of requests for a code")
                .tag("outcome", outcome)
                .register(meters);
    }

    private Outcome send(Phone phone, @Nullable String clientAddress, Instant now) {
        var id = UuidCreator.getTimeOrderedEpoch();
        var code = codes.next();
        var challenge = new Challenge(
                id,
                phone,
                clientAddress,
                codes.digest(id, code),
                now,
                now.plus(properties.lifetime()),
                properties.attempts());
        challenges.open(challenge);
        var language =
                users.findByPhone(phone).map(user -> user.profile().language()).orElse(Language.EN);
        events.codeRequested(challenge, code, language);
        log.atInfo().addKeyValue("challengeId", id).log("Login code requested");
        return new Outcome.Sent(id, challenge.expiresAt(), properties.resendAfter());
    }

    sealed interface Outcome {
        record Sent(UUID challengeId, Instant expiresAt, Duration resendAfter) implements Outcome {}

        record TooSoon(Duration retryAfter) implements Outcome {}

        record CapReached(Duration retryAfter) implements Outcome {}
    }
}
