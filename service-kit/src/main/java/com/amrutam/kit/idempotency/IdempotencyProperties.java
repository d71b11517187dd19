package com.amrutam.kit.idempotency;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How {@code Idempotency-Key} is honoured.
 *
 * @param retention how long an answer is kept and replayed
 * @param excludedPaths paths whose answers hold secrets and are never kept, such as the token endpoints
 */
@ConfigurationProperties("amrutam.idempotency")
public record IdempotencyProperties(
        @DefaultValue("24h") Duration retention,
        @DefaultValue List<String> excludedPaths) {}
