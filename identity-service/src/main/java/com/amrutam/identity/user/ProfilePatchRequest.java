package com.amrutam.identity.user;

import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.FieldError;
import com.amrutam.kit.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A change of a profile: what is left out stays, {@code null} removes. */
@Schema(name = "UserChange")
// A class with setters, where the rest are records: a setter is called for each member that was sent, so one that was
// left out differs from one that was sent as null.
final class ProfilePatchRequest {
    private static final int MAX_NAME_CHARACTERS = 100;
    /** RFC 5321, 4.5.3.1.3, less the angle brackets of the path. */
    private static final int MAX_EMAIL_CHARACTERS = 254;
    /** Addresses in use, not all that RFC 5322 allows: no quoted local parts, no address literals. */
    private static final Pattern EMAIL = Pattern.compile("""
            (?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+\
            @([A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])""");

    private static final Set<String> TIME_ZONES = ZoneId.getAvailableZoneIds();

    private final List<UnaryOperator<Profile>> changes = new ArrayList<>();
    private final List<FieldError> errors = new ArrayList<>();

    @Schema(
            types = {"string", "null"},
            description = "As the person writes it.")
    void setName(@Nullable String name) {
        var stripped = name == null ? null : name.strip();
        if (stripped != null && !isName(stripped)) {
            refuse("name", "must have 1 to " + MAX_NAME_CHARACTERS + " characters and no control characters");
            return;
        }
        changes.add(profile -> profile.withName(stripped));
    }

    @Schema(
            types = {"string", "null"},
            description = "Where messages go besides the phone.")
    void setEmail(@Nullable String email) {
        if (email != null
                && !(email.length() <= MAX_EMAIL_CHARACTERS
                        && EMAIL.matcher(email).matches())) {
            refuse("email", "must be an e-mail address");
            return;
        }
        changes.add(profile -> profile.withUnverifiedEmail(email));
    }

    @Schema(description = "Of messages: `en` or `hi`.")
    void setLanguage(@Nullable String code) {
        var language = code == null ? null : Language.of(code).orElse(null);
        if (language == null) {
            refuse("language", "must be en or hi");
            return;
        }
        changes.add(profile -> profile.withLanguage(language));
    }

    @Schema(description = "IANA name of the zone times are shown in.")
    void setTimeZone(@Nullable String name) {
        if (name == null || !TIME_ZONES.contains(name)) {
            refuse("timeZone", "must be the IANA name of a time zone, such as Asia/Kolkata");
            return;
        }
        var timeZone = ZoneId.of(name);
        changes.add(profile -> profile.withTimeZone(timeZone));
    }

    void setNotificationPreferences(@Nullable NotificationPreferences preferences) {
        if (preferences == null) {
            refuse("notificationPreferences", "must be an object with sms, email, whatsapp or push");
            return;
        }
        changes.add(profile -> profile.withMutedChannels(preferences.mutedAfter(profile.mutedChannels())));
    }

    /**
     * The change to make.
     *
     * @throws ProblemException naming every member that is not acceptable
     */
    UnaryOperator<Profile> validated() {
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    CommonProblem.VALIDATION_FAILED, CommonProblem.VALIDATION_FAILED.title(), errors);
        }
        return profile -> {
            var changed = profile;
            for (var change : changes) {
                changed = change.apply(changed);
            }
            return changed;
        };
    }

    private void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    /** Any script, joiners included; nothing that breaks a line, and no half of a surrogate pair, which is no text. */
    private static boolean isName(String text) {
        int characters = text.codePointCount(0, text.length());
        return characters >= 1
                && characters <= MAX_NAME_CHARACTERS
                && text.codePoints().noneMatch(character -> switch (Character.getType(character)) {
                    case Character.CONTROL,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> true;
                    default -> false;
                });
    }

    /** Which channels to use for messages other than codes; one that is left out stays as it is. */
    @Schema(name = "NotificationPreferencesChange")
    record NotificationPreferences(
            @Nullable Boolean sms,
            @Nullable Boolean email,
            @Nullable Boolean whatsapp,
            @Nullable Boolean push) {
        Set<Channel> mutedAfter(Set<Channel> muted) {
            var after = EnumSet.noneOf(Channel.class);
            after.addAll(muted);
            set(after, Channel.SMS, sms);
            set(after, Channel.EMAIL, email);
            set(after, Channel.WHATSAPP, whatsapp);
            set(after, Channel.PUSH, push);
            return Collections.unmodifiableSet(after);
        }

        private static void set(Set<Channel> muted, Channel channel, @Nullable Boolean wanted) {
            if (wanted != null && wanted) {
                muted.remove(channel);
            } else if (wanted != null) {
                muted.add(channel);
            }
        }
    }
}
