package com.amrutam.identity.challenge;

import com.amrutam.identity.IdentityProblem;
import com.amrutam.identity.user.PhoneNumbers;
import com.amrutam.kit.client.ClientAddressFilter;
import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Where every login starts. */
@RestController
class ChallengeController {
    private final PhoneNumbers phoneNumbers;
    private final RequestCode requestCode;

    ChallengeController(PhoneNumbers phoneNumbers, RequestCode requestCode) {
        this.phoneNumbers = phoneNumbers;
        this.requestCode = requestCode;
    }

    /** Sends a one-time code to a phone. The answer is the same whether or not somebody with this phone is known. */
    @PostMapping("/api/v1/auth/otp")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Refuses({"resend-too-soon", "too-many-codes"})
    ChallengeView requestCode(
            @Valid @RequestBody OtpRequest request,
            @Parameter(hidden = true)
                    @RequestAttribute(name = ClientAddressFilter.ATTRIBUTE, required = false)
                    @Nullable
                    String clientAddress) {
        var phone = phoneNumbers
                .parse(request.phone())
                .orElseThrow(() -> ProblemException.invalid(
                        "phone", "must be a phone number in E.164 form, such as +919812345678"));
        return switch (requestCode.request(phone, clientAddress)) {
            case RequestCode.Outcome.Sent sent ->
                new ChallengeView(
                        sent.challengeId(), sent.expiresAt(), sent.resendAfter().toSeconds());
            case RequestCode.Outcome.TooSoon refused ->
                throw new ProblemException(IdentityProblem.RESEND_TOO_SOON, "Wait for the code, or ask again later")
                        .retryAfter(wholeSeconds(refused.retryAfter()));
            case RequestCode.Outcome.CapReached refused ->
                throw new ProblemException(IdentityProblem.TOO_MANY_CODES, "Use the last code, or ask again later")
                        .retryAfter(wholeSeconds(refused.retryAfter()));
        };
    }

    /** Rounded up: who comes back when told to is not refused again. */
    private static Duration wholeSeconds(Duration exact) {
        return Duration.ofSeconds(exact.plusSeconds(1).minusNanos(1).toSeconds());
    }

    /** @param phone in E.164 form, such as {@code +919812345678} */
    record OtpRequest(@NotNull String phone) {}

    /**
     * @param challengeId to be sent with the code
     * @param expiresAt from when on the code is refused
     * @param resendAfter seconds until another code can be asked for
     */
    @Schema(name = "Challenge")
    record ChallengeView(UUID challengeId, Instant expiresAt, long resendAfter) {}
}
