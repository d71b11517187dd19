package com.amrutam.identity.user;

import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.CommonProblem;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import com.amrutam.kit.web.ETags;
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
    ResponseEntity<UserView> getUser(Caller caller) {
        return answer(users.find(caller.id()).orElseThrow(ProblemException::notFound));
    }

    /** Changes what is known of the caller. A JSON merge patch (RFC 7396): what is left out stays, null removes. */
    @PatchMapping
    @Refuses("not-found")
    ResponseEntity<UserView> changeUser(
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

    private static ResponseEntity<UserView> answer(User user) {
        return ResponseEntity.ok().eTag(ETags.of(user.version())).body(UserView.of(user));
    }
}
