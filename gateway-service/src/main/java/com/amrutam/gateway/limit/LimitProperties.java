package com.amrutam.gateway.limit;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much one client may ask.
 *
 * @param auth asking for a code, per client address and per phone; handing a code in, per client address. The two calls
 *     are counted apart, so that logging in (one of each) uses one of five, not two
 * @param booking changing calls on slot locks and appointments, per user
 * @param api everything else, per user where there is a valid token, else per client address
 * @param receipts what providers of messages report, per address: many people's messages from one provider
 * @param rememberedClients how many clients an instance remembers by itself
 */
@Validated
@ConfigurationProperties("amrutam.gateway.limits")
record LimitProperties(
        @Valid @NotNull Rate auth,
        @Valid @NotNull Rate booking,
        @Valid @NotNull Rate api,
        @Valid @NotNull Rate receipts,
        @Min(1_000) @DefaultValue("100000") int rememberedClients) {

    /**
     * @param requests how many requests
     * @param period in how much time, counted from the first request; then the count starts again
     */
    record Rate(
            @Min(1) int requests,
            @NotNull @DurationMin(seconds = 1) Duration period) {}
}
