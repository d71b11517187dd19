package com.amrutam.identity.user;

import com.github.f4b6a3.uuid.UuidCreator;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Makes a person who proved to hold a phone a user, once. */
@Component
public class Registration {
    private static final Logger log = LoggerFactory.getLogger(Registration.class);

    private final Users users;
    private final UserEvents events;
    private final Clock clock;

    Registration(Users users, UserEvents events, Clock clock) {
        this.users = users;
        this.events = events;
        this.clock = clock;
    }

    /** The user with this phone; a new one, a patient, when there was none. Part of the login's transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public User findOrRegister(Phone phone) {
        return users.findByPhone(phone)
                .or(() -> register(phone, Set.of(Role.PATIENT)))
                // Somebody else registered the phone between the two statements, and has committed.
                .or(() -> users.findByPhone(phone))
                .orElseThrow();
    }

    /** A new user with these roles, or nothing when the phone has a user. */
    Optional<User> register(Phone phone, Set<Role> roles) {
        var user = User.register(UuidCreator.getTimeOrderedEpoch(), phone, roles, clock.instant());
        if (!users.add(user)) {
            return Optional.empty();
        }
        events.registered(user);
        events.contactChanged(user);
        log.atInfo()
                .addKeyValue("userId", user.id())
                .addKeyValue("roles", roles)
                .log("User registered");
        return Optional.of(user);
    }
}
