package com.amrutam.identity.user;

import com.amrutam.events.identity.ContactChanged;
import com.amrutam.events.identity.UserRegistered;
import com.amrutam.kit.outbox.Outbox;
import org.springframework.stereotype.Component;

/** Tells the other services about people. */
@Component
class UserEvents {
    private final Outbox outbox;

    UserEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    void registered(User user) {
        outbox.publish(UserRegistered.newBuilder()
                .setUserId(user.id())
                .setRoles(user.roles().stream().map(Role::name).toList())
                .setRegisteredAt(user.createdAt())
                .build());
    }

    /** The whole card. The e-mail address is not on it: an unverified one may be a stranger's. */
    void contactChanged(User user) {
        var profile = user.profile();
        outbox.publish(ContactChanged.newBuilder()
                .setUserId(user.id())
                .setPhone(user.phone().e164())
                .setName(profile.name())
                .setLanguage(profile.language().code())
                .setTimeZone(profile.timeZone().getId())
                .setMutedChannels(
                        profile.mutedChannels().stream().map(Channel::name).toList())
                .setVersion(user.version())
                .setChangedAt(user.changedAt())
                .build());
    }
}
