package com.amrutam.identity.email;

import com.amrutam.identity.audit.AuditTrail;
import com.amrutam.identity.audit.AuditedAction;
import com.amrutam.identity.user.ChangeProfile;
import com.amrutam.identity.user.User;
import com.amrutam.kit.codes.OneTimeCodes;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes the code back: the address it was sent to is the person's from now on. */
@Component
class ConfirmEmail {
    private final EmailChallenges challenges;
    private final OneTimeCodes codes;
    private final ChangeProfile changeProfile;
    private final AuditTrail audit;
    private final Clock clock;

    ConfirmEmail(
            EmailChallenges challenges,
            OneTimeCodes codes,
            ChangeProfile changeProfile,
            AuditTrail audit,
            Clock clock) {
        this.challenges = challenges;
        this.codes = codes;
        this.changeProfile = changeProfile;
        this.audit = audit;
        this.clock = clock;
    }

    /** Commits after a wrong guess too: the guess is spent. */
    @Transactional
    public Outcome confirm(UUID userId, UUID challengeId, String code) {
        var taken = challenges.takeGuess(challengeId, userId, clock.instant());
        if (taken.isEmpty()) {
            return new Outcome.Closed();
        }
        var guess = taken.get();
        if (!codes.matches(challengeId, code, guess.codeDigest())) {
            return new Outcome.WrongCode(guess.attemptsRemaining());
        }
        challenges.spend(challengeId);
        return switch (changeProfile.change(userId, profile -> profile.withVerifiedEmail(guess.email()), null)) {
            case ChangeProfile.Outcome.Done done -> {
                audit.record(AuditedAction.EMAIL_VERIFIED, userId, userId, Map.of());
                yield new Outcome.Verified(done.user());
            }
            case ChangeProfile.Outcome.NoSuchUser _, ChangeProfile.Outcome.Stale _ -> new Outcome.Closed();
        };
    }

    sealed interface Outcome {
        record Verified(User user) implements Outcome {}

        record WrongCode(int attemptsRemaining) implements Outcome {}

        /** Unknown, another's, expired, replaced, answered or out of guesses: which of them is nobody's business. */
        record Closed() implements Outcome {}
    }
}
