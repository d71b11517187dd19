package com.amrutam.identity.token;

import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends a session. A token of somebody else's, or of none, ends nothing and is told nothing. */
@Component
class LogOut {
    private static final Logger log = LoggerFactory.getLogger(LogOut.class);

    private final Sessions sessions;

    LogOut(Sessions sessions) {
        this.sessions = sessions;
    }

    @Transactional
    public void logOut(RefreshToken token, UUID userId) {
        if (sessions.revokeForLogout(token, userId)) {
            log.atInfo().addKeyValue("userId", userId).log("User logged out");
        }
    }
}
