package com.amrutam.identity.key;

import com.amrutam.identity.IdentityProblem;
import com.amrutam.kit.openapi.Refuses;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.Caller;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The signing keys in the hands of administrators. */
@RestController
class KeyController {
    private final RotateKeys rotateKeys;
    private final SigningKeys signingKeys;
    private final KeyStore store;
    private final Clock clock;

    KeyController(RotateKeys rotateKeys, SigningKeys signingKeys, KeyStore store, Clock clock) {
        this.rotateKeys = rotateKeys;
        this.signingKeys = signingKeys;
        this.store = store;
        this.clock = clock;
    }

    /** The keys tokens are signed and verified with, the one in use first. */
    @GetMapping("/api/v1/admin/signing-keys")
    KeysView listSigningKeys() {
        return KeysView.of(store.load());
    }

    /**
     * Signs with the next key from now on and publishes a new next one. The old key stays published until the last token
     * signed with it has ended, so nobody is logged out, unless it is compromised.
     */
    @PostMapping("/api/v1/admin/signing-keys/rotate")
    @Refuses({"next-key-too-new", "validation-failed"})
    KeysView rotateSigningKeys(
            @Valid @RequestBody(required = false) @Nullable RotateRequest request, Caller administrator) {
        boolean compromised = request != null && Boolean.TRUE.equals(request.compromised());
        return switch (rotateKeys.rotate(administrator.id(), compromised)) {
            case RotateKeys.Outcome.Rotated rotated -> {
                signingKeys.reload();
                yield KeysView.of(rotated.keys());
            }
            case RotateKeys.Outcome.TooNew tooNew ->
                throw new ProblemException(
                                IdentityProblem.NEXT_KEY_TOO_NEW,
                                "Not everybody may know the next key before " + tooNew.usableFrom())
                        .retryAfter(Duration.between(clock.instant(), tooNew.usableFrom())
                                .plusSeconds(1));
        };
    }

    /** @param compromised true when somebody else may hold the current key: its tokens end at once */
    @Schema(name = "KeyRotation")
    record RotateRequest(@Nullable Boolean compromised) {}

    /** @param keys the current one first, then the next, then those that only verify */
    @Schema(name = "SigningKeys")
    record KeysView(List<KeyView> keys) {
        static KeysView of(List<KeyStore.StoredKey> stored) {
            return new KeysView(stored.stream()
                    .map(one -> new KeyView(one.key().getKeyID(), one.standing(), one.createdAt()))
                    .toList());
        }
    }

    /**
     * @param kid as in the header of the tokens it has signed
     * @param standing CURRENT (signs), NEXT (published ahead of its use) or RETIRED (verifies what it has signed)
     * @param createdAt when it was made and first published
     */
    @Schema(name = "SigningKey")
    record KeyView(String kid, KeyStanding standing, Instant createdAt) {}
}
