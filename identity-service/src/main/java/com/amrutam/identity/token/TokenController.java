package com.amrutam.identity.token;

import com.amrutam.identity.IdentityProblem;
import com.amrutam.identity.user.Role;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
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

    @PostMapping("/token")
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

    @PostMapping("/refresh")
    TokenView refresh(@Valid @RequestBody RefreshTokenRequest request) {
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

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void logOut(@Valid @RequestBody RefreshTokenRequest request, Caller caller) {
        logOut.logOut(request.token(), caller.id());
    }

    /** A guess of the wrong shape is refused before it counts. */
    record TokenRequest(
            @NotNull UUID challengeId,

            @NotNull @Pattern(regexp = "[0-9]{6}", message = "must be six digits")
            String code) {}

    record RefreshTokenRequest(@NotBlank @Size(max = 200) String refreshToken) {
        RefreshToken token() {
            return new RefreshToken(refreshToken);
        }
    }

    /** @param expiresIn seconds the access token is good for */
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

    record UserView(UUID id, List<Role> roles) {}
}
