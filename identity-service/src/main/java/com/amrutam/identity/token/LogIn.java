package com.amrutam.identity.token;

import com.amrutam.identity.challenge.AnswerChallenge;
import com.amrutam.identity.user.Phone;
import com.amrutam.identity.user.Registration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets in who answers a challenge; the first time, makes them a user. */
@Component
class LogIn {
    private static final Logger log = LoggerFactory.getLogger(LogIn.class);

    private final AnswerChallenge challenge;
    private final Registration registration;
    private final Sessions sessions;
    private final AccessTokens accessTokens;

    LogIn(AnswerChallenge challenge, Registration registration, Sessions sessions, AccessTokens accessTokens) {
        this.challenge = challenge;
        this.registration = registration;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
    }

    @Transactional
    public Outcome logIn(UUID challengeId, String code) {
        return switch (challenge.answer(challengeId, code)) {
            case AnswerChallenge.Verdict.Closed closed -> new Outcome.ChallengeClosed();
            case AnswerChallenge.Verdict.Wrong wrong -> new Outcome.WrongCode(wrong.attemptsRemaining());
            case AnswerChallenge.Verdict.Right right -> new Outcome.LoggedIn(start(right.phone()));
        };
    }

    private TokenPair start(Phone phone) {
        var user = registration.findOrRegister(phone);
        var refreshToken = sessions.start(user.id());
        log.atInfo().addKeyValue("userId", user.id()).log("User logged in");
        return accessTokens.pair(user, refreshToken);
    }

    sealed interface Outcome {
        record LoggedIn(TokenPair tokens) implements Outcome {}

        record WrongCode(int attemptsRemaining) implements Outcome {}

        record ChallengeClosed() implements Outcome {}
    }
}
