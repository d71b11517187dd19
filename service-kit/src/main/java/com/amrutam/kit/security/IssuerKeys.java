package com.amrutam.kit.security;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Identity's keys. They are asked for when the service starts, and anew behind the backs of those who use them: while
 * identity-service is away, or slow, a new token is as good as the ones remembered, and nobody waits.
 */
final class IssuerKeys implements JWKSource<SecurityContext>, SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(IssuerKeys.class);

    private static final int TIMEOUT_MILLIS = 2_000;
    /** To connect and to read. */
    private static final long REFRESH_MILLIS = 2L * TIMEOUT_MILLIS;

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final JWKSelector ANY = new JWKSelector(new JWKMatcher.Builder().build());

    private final JWKSource<SecurityContext> source;
    private @Nullable Thread atStart;

    IssuerKeys(SecurityProperties properties) {
        try {
            source = JWKSourceBuilder.create(
                            properties.jwkSetUri().toURL(),
                            new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS))
                    .cache(properties.keysKeptFor().toMillis(), REFRESH_MILLIS)
                    .refreshAheadCache(
                            properties
                                            .keysKeptFor()
                                            .minus(properties.keysFreshFor())
                                            .toMillis()
                                    - REFRESH_MILLIS,
                            false)
                    .rateLimited(false)
                    .build();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) throws KeySourceException {
        return source.get(selector, context);
    }

    @Override
    public void start() {
        atStart = Thread.ofVirtual().name("issuer-keys").start(this::obtain);
    }

    /** Asks until it has them: the first who comes with a token may come when identity-service is away again. */
    private void obtain() {
        try {
            while (true) {
                try {
                    get(ANY, null);
                    return;
                } catch (KeySourceException e) {
                    log.atInfo().addKeyValue("cause", e.getMessage()).log("Identity's keys are not to be had yet");
                    Thread.sleep(PAUSE);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void stop() {
        if (atStart != null) {
            atStart.interrupt();
            atStart = null;
        }
    }

    @Override
    public boolean isRunning() {
        return atStart != null;
    }
}
