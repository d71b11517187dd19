package com.amrutam.identity.token;

import com.amrutam.identity.audit.AuditTrail;
import com.amrutam.identity.audit.AuditedAction;
import com.amrutam.identity.user.Users;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Swaps a refresh token for a new pair, with the roles the user has by now. A token that comes a second time has been
 * copied; since nobody can tell which bearer is the thief, the session ends for both.
 */
@Component
class RefreshSession {
    private static final Logger log = LoggerFactory.getLogger(RefreshSession.class);

    private final Sessions sessions;
    private final Users users;
    private final AccessTokens accessTokens;
    private final AuditTrail audit;

    RefreshSession(Sessions sessions, Users users, AccessTokens accessTokens, AuditTrail audit) {
        this.sessions = sessions;
        this.users = users;
        this.accessTokens = accessTokens;
        this.audit = audit;
    }

    @Transactional
    public Outcome refresh(RefreshToken token) {
        var rotation = sessions.rotate(token);
        if (rotation.isPresent()) {
            var user = users.find(rotation.get().userId()).orElseThrow();
            return new Outcome.Refreshed(accessTokens.pair(user, rotation.get().next()));
        }
        return switch (sessions.standing(token)) {
            case Sessions.Standing.Useless useless -> new Outcome.Invalid();
            case Sessions.Standing.DiedOfReuse died -> new Outcome.Reused();
            case Sessions.Standing.Spent spent -> endSession(spent);
        };
    }

    private Outcome endSession(Sessions.Standing.Spent spent) {
        if (sessions.revokeForReuse(spent.familyId())) {
            audit.record(
                    AuditedAction.REFRESH_TOKEN_REUSED,
                    null,
                    spent.userId(),
                    Map.of("familyId", spent.familyId().toString()));
            log.atWarn()
                    .addKeyValue("userId", spent.userId())
                    .addKeyValue("familyId", spent.familyId())
                    .log("A refresh token came back after it was spent; its session is ended");
        }
        return new Outcome.Reused();
    }

    sealed interface Outcome {
        record Refreshed(TokenPair tokens) implements Outcome {}

        record Invalid() implements Outcome {}

        record Reused() implements Outcome {}
    }
}
