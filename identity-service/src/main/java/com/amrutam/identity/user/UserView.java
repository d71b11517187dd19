package com.amrutam.identity.user;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a person.
 *
 * @param phone E.164; the account's, it cannot be changed
 * @param name as the person writes it
 * @param email the one set last; messages go to the one verified last
 * @param emailVerified present with an e-mail address; false until its owner has proved to read it
 * @param language of messages: {@code en} or {@code hi}
 * @param timeZone IANA name of the zone times are shown in
 * @param notificationPreferences which channels may be used for messages other than codes
 */
@Schema(name = "User")
public record UserView(
        UUID id,
        String phone,
        @Nullable String name,
        @Nullable String email,
        @Nullable Boolean emailVerified,
        String language,
        String timeZone,
        NotificationPreferencesView notificationPreferences) {
    public static UserView of(User user) {
        var profile = user.profile();
        var email = profile.unverifiedEmail() == null ? profile.email() : profile.unverifiedEmail();
        return new UserView(
                user.id(),
                user.phone().e164(),
                profile.name(),
                email,
                email == null ? null : profile.unverifiedEmail() == null,
                profile.language().code(),
                profile.timeZone().getId(),
                new NotificationPreferencesView(
                        !profile.mutedChannels().contains(Channel.SMS),
                        !profile.mutedChannels().contains(Channel.EMAIL),
                        !profile.mutedChannels().contains(Channel.WHATSAPP),
                        !profile.mutedChannels().contains(Channel.PUSH)));
    }

    /** Which channels may be used for messages other than codes. */
    @Schema(name = "NotificationPreferences")
    record NotificationPreferencesView(boolean sms, boolean email, boolean whatsapp, boolean push) {}
}
