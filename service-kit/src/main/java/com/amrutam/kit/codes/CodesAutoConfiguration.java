package com.amrutam.kit.codes;

import com.amrutam.kit.setting.SettingRefused;
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
        return new OneTimeCodes(base64("amrutam.codes.digest-key", Objects.requireNonNull(properties.digestKey())));
    }

    @Bean
    @ConditionalOnProperty("amrutam.codes.keyset")
    CodeCipher codeCipher(CodesProperties properties) {
        return new CodeCipher(Objects.requireNonNull(properties.keyset()));
    }

    private static byte[] base64(String setting, String value) {
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            throw new SettingRefused(setting, "is not Base64", null);
        }
    }
}
