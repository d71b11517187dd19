package com.amrutam.kit.codes;

import java.util.Base64;
import java.util.Objects;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Codes where a service was given the keys for them. */
@AutoConfiguration
@EnableConfigurationProperties(CodesProperties.class)
class CodesAutoConfiguration {
    @Bean
    @ConditionalOnProperty("amrutam.codes.digest-key")
    OneTimeCodes oneTimeCodes(CodesProperties properties) {
        return new OneTimeCodes(Base64.getDecoder().decode(Objects.requireNonNull(properties.digestKey())));
    }

    @Bean
    @ConditionalOnProperty("amrutam.codes.keyset")
    CodeCipher codeCipher(CodesProperties properties) {
        return new CodeCipher(Objects.requireNonNull(properties.keyset()));
    }
}
