package com.amrutam.kit.security;

import com.amrutam.kit.setting.Url;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Which access tokens are believed.
 *
 * @param jwkSetUri where identity-service publishes its signing keys (JWKS)
 * @param keysFreshFor how long its keys are used before they are asked for anew; a key not seen yet is asked for at once
 * @param keysKeptFor how long they are used when they cannot be asked for, because identity-service is away
 * @param issuer the {@code iss} a token must have
 * @param audience the {@code aud} a token must have
 * @param rememberedTokens how many verified tokens are remembered until they expire, so that their signature is not
 *     checked at every request
 */
@Validated
@ConfigurationProperties("amrutam.security")
public record SecurityProperties(
        @NotNull @Url({"http", "https"}) URI jwkSetUri,
        @NotNull @DefaultValue("5m") Duration keysFreshFor,
        @NotNull @DefaultValue("4h") Duration keysKeptFor,
        @NotBlank @DefaultValue("https://api.amrutam.com") String issuer,
        @NotBlank @DefaultValue("amrutam-api") String audience,
        @DefaultValue("10000") int rememberedTokens) {}
