package com.amrutam.identity.challenge;

import com.amrutam.identity.user.Phone;
import com.amrutam.kit.codes.OneTimeCodes;
import java.time.Clock;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Judges a guess. A right code closes its challenge, so it is right once. */
@Component
public class AnswerChallenge {
    private final Challenges challenges;
    private final OneTimeCodes codes;
    private final Clock clock;

    AnswerChallenge(Challenges challenges, OneTimeCodes codes, Clock clock) {
        this.challenges = challenges;
        this.codes = codes;
        this.clock = clock;
    }

    /** Part of the login's transaction, which must commit after a wrong guess too: the guess is spent. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Verdict answer(UUID challengeId, String code) {
        var taken = challenges.takeGuess(challengeId, clock.instant());
        if (taken.isEmpty()) {
            return new Verdict.Closed();
        }
        var guess = taken.get();
        if (!codes.matches(challengeId, code, guess.codeDigest())) {
            return new Verdict.Wrong(guess.attemptsRemaining());
        }
        challenges.spend(challengeId);
        return new Verdict.Right(guess.phone());
    }

    public sealed interface Verdict {
        /** Whoever answered holds this phone. */
        record Right(Phone phone) implements Verdict {}

        record Wrong(int attemptsRemaining) implements Verdict {}

        /** Unknown, expired, superseded, answered or out of guesses: which of them is nobody's business. */
        record Closed() implements Verdict {}
    }
}
