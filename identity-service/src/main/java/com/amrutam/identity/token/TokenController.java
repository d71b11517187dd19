package com.amrutam.identity.token;

import com.amrutam.identity.IdentityProblem;
import com.amrutam.identity.user.Role;
import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Gives tokens for a code or for the token before, and takes them back. */
@RestController
@RequestMapping("/api/v1/auth")
class TokenController {
    private static final String TOKEN_TYPE = "Bearer";

    private final LogIn logIn;
    private final RefreshSession refreshSession;
    private final LogOut logOut;

    TokenController(LogIn logIn, RefreshSession refreshSession, LogOut logOut) {
        this.logIn = logIn;
        this.refreshSession = refreshSession;
        this.logOut = logOut;
    }

    /**
     * Answers a code with an access token and a refresh token. Whoever holds a phone for the first time becomes a
     * patient.
     */
    @PostMapping("/token")
    @Refuses({"code-incorrect", "challenge-expired"})
    TokenView logIn(@Valid @RequestBody TokenRequest request) {
        return switch (logIn.logIn(request.challengeId(), request.code())) {
            case LogIn.Outcome.LoggedIn in -> TokenView.of(in.tokens());
            case LogIn.Outcome.WrongCode wrong ->
                throw new ProblemException(
                                IdentityProblem.CODE_INCORRECT, "Try again with the code of the last message")
                        .with("attemptsRemaining", wrong.attemptsRemaining());
            case LogIn.Outcome.ChallengeClosed closed ->
                throw new ProblemException(
                        IdentityProblem.CHALLENGE_EXPIRED, "The challenge is unknown, expired, answered or replaced");
        };
    }

    /**
     * Gives a new pair of tokens for a refresh token, which is spent by that. One that comes back a second time ends
     * the whole session.
     */
    @PostMapping("/refresh")
    @Refuses({"refresh-token-invalid", "refresh-token-reused"})
    TokenView refreshTokens(@Valid @RequestBody RefreshTokenRequest request) {
        return switch (refreshSession.refresh(request.token())) {
            case RefreshSession.Outcome.Refreshed refreshed -> TokenView.of(refreshed.tokens());
            case RefreshSession.Outcome.Invalid invalid ->
                throw new ProblemException(IdentityProblem.REFRESH_TOKEN_INVALID, "Log in again");
            case RefreshSession.Outcome.Reused reused ->
                throw new ProblemException(
                        IdentityProblem.REFRESH_TOKEN_REUSED,
                        "Log in again; somebody else may hold a copy of the token");
        };
    }

    /** Ends the session that a refresh token belongs to. Access tokens of it are good until they expire. */
    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logOut(@Valid @RequestBody RefreshTokenRequest request, Caller caller) {
        logOut.logOut(request.token(), caller.id());
    }

    /**
     * A guess of the wrong shape is refused before it counts.
     *
     * @param challengeId of {@code POST /api/v1/auth/otp}
     * @param code the six digits that were sent
     */
    record TokenRequest(
            @NotNull UUID challengeId,

            @NotNull @Pattern(regexp = "[0-9]{6}", message = "must be six digits")
            String code) {}

    record RefreshTokenRequest(@NotBlank @Size(max = 200) String refreshToken) {
        RefreshToken token() {
            return new RefreshToken(refreshToken);
        }
    }

    /**
     * @param accessToken to be sent as {@code Authorization: Bearer …}
     * @param tokenType always {@code Bearer}
     * @param expiresIn seconds the access token is good for
     * @param refreshToken to get the next pair with, once, within 30 days
     * @param user whose tokens they are
     */
    @Schema(name = "Tokens")
    record TokenView(String accessToken, String tokenType, long expiresIn, String refreshToken, UserView user) {
        static TokenView of(TokenPair tokens) {
            var user = tokens.user();
            return new TokenView(
                    tokens.accessToken(),
                    TOKEN_TYPE,
                    tokens.expiresIn().toSeconds(),
                    tokens.refreshToken().text(),
                    new UserView(user.id(), List.copyOf(user.roles())));
        }
    }

    @Schema(name = "TokenUser")
    record UserView(UUID id, List<Role> roles) {}
}
