package com.amrutam.identity.key;

import java.time.Duration;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Publishes the keys that access tokens are verified with (RFC 7517). */
@RestController
class JwksController {
    /** A next key is published long before its use, so a copy a few minutes old is as good. */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private final SigningKeys keys;

    JwksController(SigningKeys keys) {
        this.keys = keys;
    }

    /**
     * The keys that access tokens are verified with (RFC 7517): the current one, the next one, and those whose last
     * tokens still live.
     */
    @GetMapping("/.well-known/jwks.json")
    ResponseEntity<Map<String, Object>> getSigningKeys() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(MAX_AGE).cachePublic())
                .body(keys.published().toJSONObject(true));
    }
}
