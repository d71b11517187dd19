package com.amrutam.identity.user;

import com.amrutam.events.Topic;
import com.amrutam.events.identity.ContactChanged;
import com.amrutam.events.identity.UserErased;
import com.amrutam.events.identity.UserRegistered;
import com.amrutam.kit.outbox.Outbox;
import java.time.Instant;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Tells the other services about people. */
@Component
public class UserEvents {
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

    /** The whole card. An e-mail address is on it once it is verified: an unverified one may be a stranger's. */
    void contactChanged(User user) {
        var profile = user.profile();
        outbox.publish(ContactChanged.newBuilder()
                .setUserId(user.id())
                .setPhone(user.phone().e164())
                .setEmail(profile.email())
                .setName(profile.name())
                .setLanguage(profile.language().code())
                .setTimeZone(profile.timeZone().getId())
                .setMutedChannels(
                        profile.mutedChannels().stream().map(Channel::name).toList())
                .setVersion(user.version())
                .setChangedAt(user.changedAt())
                .build());
    }

    /** Nobody keeps the card, and everybody lets go of the person. */
    public void erased(UUID userId, Instant at) {
        outbox.tombstone(Topic.CONTACT_CHANGED, userId);
        outbox.publish(UserErased.newBuilder().setUserId(userId).setErasedAt(at).build());
    }
}
