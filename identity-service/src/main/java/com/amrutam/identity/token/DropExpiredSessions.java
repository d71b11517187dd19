package com.amrutam.identity.token;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets sessions whose last token has expired. Any instance, any number. */
@Component
class DropExpiredSessions {
    private final Sessions sessions;

    DropExpiredSessions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Scheduled(fixedDelayString = "PT1H")
    public void drop() {
        sessions.dropExpired();
    }
}
