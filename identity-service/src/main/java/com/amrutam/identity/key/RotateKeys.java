package com.amrutam.identity.key;

import com.amrutam.identity.audit.AuditTrail;
import com.amrutam.identity.audit.AuditedAction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Has tokens signed with the next key. Nobody notices: verifiers have known the next key for a while, and know the old one
 * until the last token signed with it has ended, those of instances that have not noticed yet included.
 */
@Service
class RotateKeys {
    private static final Logger log = LoggerFactory.getLogger(RotateKeys.class);

    /** Clocks of verifiers may be late, and copies of the key set a few minutes old. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final KeyStore store;
    private final AuditTrail audit;
    private final KeyProperties properties;
    private final TokenLifetime lifetime;
    private final Clock clock;

    RotateKeys(KeyStore store, AuditTrail audit, KeyProperties properties, TokenLifetime lifetime, Clock clock) {
        this.store = store;
        this.audit = audit;
        this.properties = properties;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * Rotates once.
     *
     * @param compromised somebody else may hold the current key: tokens signed with it are worth nothing from now on, and
     *     the next key signs however new it is
     */
    @Transactional
    public Outcome rotate(UUID administrator, boolean compromised) {
        store.takeTurns();
        var now = clock.instant();
        var next = store.load().stream()
                .filter(one -> one.standing() == KeyStanding.NEXT)
                .findFirst()
                .orElseThrow();
        var usableFrom = next.createdAt().plus(properties.keyNotice());
        if (!compromised && now.isBefore(usableFrom)) {
            return new Outcome.TooNew(usableFrom);
        }
        store.rotate(
                compromised
                        ? now
                        : now.plus(lifetime.longest())
                                .plus(properties.keyReload())
                                .plus(MARGIN));
        audit.record(
                AuditedAction.SIGNING_KEY_ROTATED,
                administrator,
                administrator,
                Map.of("kid", next.key().getKeyID(), "compromised", compromised));
        log.atInfo()
                .addKeyValue("kid", next.key().getKeyID())
                .addKeyValue("compromised", compromised)
                .log("Signing key rotated");
        return new Outcome.Rotated(store.load());
    }

    @Scheduled(fixedDelayString = "PT1H")
    void dropForgotten() {
        store.dropForgotten();
    }

    sealed interface Outcome {
        record Rotated(List<KeyStore.StoredKey> keys) implements Outcome {}

        /** Not all verifiers may know the next key before then. */
        record TooNew(Instant usableFrom) implements Outcome {}
    }
}
