package com.amrutam.identity.email;

import com.amrutam.identity.IdentityProblem;
import com.amrutam.identity.user.UserView;
import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import com.amrutam.kit.web.ETags;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Has a person prove that they read their e-mail address. */
@RestController
@RequestMapping("/api/v1/users/me/email")
class EmailController {
    private final RequestEmailCode requestEmailCode;
    private final ConfirmEmail confirmEmail;

    EmailController(RequestEmailCode requestEmailCode, ConfirmEmail confirmEmail) {
        this.requestEmailCode = requestEmailCode;
        this.confirmEmail = confirmEmail;
    }

    /** Sends a one-time code to the address that {@code PATCH /api/v1/users/me} has set last. */
    @PostMapping("/code")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Refuses({"email-missing", "resend-too-soon", "too-many-codes", "not-found"})
    EmailChallengeView requestEmailCode(Caller caller) {
        return switch (requestEmailCode.request(caller.id())) {
            case RequestEmailCode.Outcome.Sent sent ->
                new EmailChallengeView(
                        sent.challengeId(), sent.expiresAt(), sent.resendAfter().toSeconds());
            case RequestEmailCode.Outcome.NothingToVerify _ ->
                throw new ProblemException(
                        IdentityProblem.EMAIL_MISSING, "Set email with PATCH /api/v1/users/me first");
            case RequestEmailCode.Outcome.TooSoon refused ->
                throw new ProblemException(IdentityProblem.RESEND_TOO_SOON, "Wait for the code, or ask again later")
                        .retryAfter(wholeSeconds(refused.retryAfter()));
            case RequestEmailCode.Outcome.CapReached refused ->
                throw new ProblemException(IdentityProblem.TOO_MANY_CODES, "Use the last code, or ask again later")
                        .retryAfter(wholeSeconds(refused.retryAfter()));
            case RequestEmailCode.Outcome.NoSuchUser _ -> throw ProblemException.notFound();
        };
    }

    /** Takes the code back: from now on messages go to the address. */
    @PostMapping("/confirm")
    @Refuses({"code-incorrect", "challenge-expired"})
    ResponseEntity<UserView> confirmEmail(@Valid @RequestBody EmailConfirmation request, Caller caller) {
        return switch (confirmEmail.confirm(caller.id(), request.challengeId(), request.code())) {
            case ConfirmEmail.Outcome.Verified verified ->
                ResponseEntity.ok().eTag(ETags.of(verified.user().version())).body(UserView.of(verified.user()));
            case ConfirmEmail.Outcome.WrongCode wrong ->
                throw new ProblemException(
                                IdentityProblem.CODE_INCORRECT, "Try again with the code of the last message")
                        .with("attemptsRemaining", wrong.attemptsRemaining());
            case ConfirmEmail.Outcome.Closed _ ->
                throw new ProblemException(
                        IdentityProblem.CHALLENGE_EXPIRED, "The challenge is unknown, expired, answered or replaced");
        };
    }

    /** Rounded up: who comes back when told to is not refused again. */
    private static Duration wholeSeconds(Duration exact) {
        return Duration.ofSeconds(exact.plusSeconds(1).minusNanos(1).toSeconds());
    }

    /**
     * @param challengeId to be sent with the code
     * @param expiresAt from when on the code is refused
     * @param resendAfter seconds until another code can be asked for
     */
    @Schema(name = "EmailChallenge")
    record EmailChallengeView(UUID challengeId, Instant expiresAt, long resendAfter) {}

    /**
     * @param challengeId of the code's request
     * @param code the six digits that were sent
     */
    record EmailConfirmation(
            @NotNull UUID challengeId,

            @NotNull @Pattern(regexp = "[0-9]{6}", message = "must be six digits")
            String code) {}
}
