package com.amrutam.identity.user;

import java.time.Clock;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets people change what they say about themselves. */
@Component
public class ChangeProfile {
    private static final Logger log = LoggerFactory.getLogger(ChangeProfile.class);

    private final Users users;
    private final UserEvents events;
    private final Clock clock;

    ChangeProfile(Users users, UserEvents events, Clock clock) {
        this.users = users;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Changes a profile; a change that makes no difference raises no version and tells nobody.
     *
     * @param expectedVersion the version the change was made for; null when it fits any
     */
    @Transactional
    public Outcome change(UUID userId, UnaryOperator<Profile> change, @Nullable Integer expectedVersion) {
        var found = users.findForChange(userId);
        if (found.isEmpty()) {
            return new Outcome.NoSuchUser();
        }
        var user = found.get();
        if (expectedVersion != null && expectedVersion != user.version()) {
            return new Outcome.Stale();
        }
        var changed = user.with(change.apply(user.profile()), clock.instant());
        if (changed.version() != user.version()) {
            users.saveProfile(changed);
            events.contactChanged(changed);
            log.atInfo()
                    .addKeyValue("userId", userId)
                    .addKeyValue("version", changed.version())
                    .log("Profile changed");
        }
        return new Outcome.Done(changed);
    }

    public sealed interface Outcome {
        record Done(User user) implements Outcome {}

        /** The client changed a version that is no longer the latest. */
        record Stale() implements Outcome {}

        /** The account is gone, though a token for it still lives. */
        record NoSuchUser() implements Outcome {}
    }
}
