package com.amrutam.identity.user;

import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import com.amrutam.kit.web.ETags;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people say about themselves, for themselves. */
@RestController
@RequestMapping("/api/v1/users/me")
class ProfileController {
    private final Users users;
    private final ChangeProfile changeProfile;

    ProfileController(Users users, ChangeProfile changeProfile) {
        this.users = users;
        this.changeProfile = changeProfile;
    }

    /** What is known of the caller. */
    @GetMapping
    @Refuses("not-found")
    ResponseEntity<ProfileView> getUser(Caller caller) {
        return answer(users.find(caller.id()).orElseThrow(ProblemException::notFound));
    }

    /** Changes what is known of the caller. A JSON merge patch (RFC 7396): what is left out stays, null removes. */
    @PatchMapping
    @Refuses("not-found")
    ResponseEntity<ProfileView> changeUser(
            Caller caller,
            @RequestBody ProfilePatchRequest patch,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var change = patch.validated();
        return switch (changeProfile.change(caller.id(), change, ETags.version(ifMatch))) {
            case ChangeProfile.Outcome.Done done -> answer(done.user());
            case ChangeProfile.Outcome.Stale stale ->
                throw new ProblemException(
                        CommonProblem.PRECONDITION_FAILED, "Read the profile again and repeat the change");
            case ChangeProfile.Outcome.NoSuchUser gone -> throw ProblemException.notFound();
        };
    }

    private static ResponseEntity<ProfileView> answer(User user) {
        return ResponseEntity.ok().eTag(ETags.of(user.version())).body(ProfileView.of(user));
    }

    /**
     * @param phone E.164; the account's, it cannot be changed
     * @param name as the person writes it
     * @param email where messages go besides the phone
     * @param emailVerified present with an e-mail address; false until its owner has proved to read it
     * @param language of messages: {@code en} or {@code hi}
     * @param timeZone IANA name of the zone times are shown in
     * @param notificationPreferences which channels may be used for messages other than codes
     */
    @Schema(name = "User")
    record ProfileView(
            UUID id,
            String phone,
            @Nullable String name,
            @Nullable String email,
            @Nullable Boolean emailVerified,
            String language,
            String timeZone,
            NotificationPreferencesView notificationPreferences) {
        static ProfileView of(User user) {
            var profile = user.profile();
            return new ProfileView(
                    user.id(),
                    user.phone().e164(),
                    profile.name(),
                    profile.unverifiedEmail(),
                    profile.unverifiedEmail() == null ? null : false,
                    profile.language().code(),
                    profile.timeZone().getId(),
                    new NotificationPreferencesView(
                            !profile.mutedChannels().contains(Channel.SMS),
                            !profile.mutedChannels().contains(Channel.EMAIL),
                            !profile.mutedChannels().contains(Channel.WHATSAPP),
                            !profile.mutedChannels().contains(Channel.PUSH)));
        }
    }

    /** Which channels may be used for messages other than codes. */
    @Schema(name = "NotificationPreferences")
    record NotificationPreferencesView(boolean sms, boolean email, boolean whatsapp, boolean push) {}
}
