package com.amrutam.identity.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCipherTest {
    private final KeyCipher cipher = cipher(new byte[32]);

    @Test
    void what_was_encrypted_for_a_key_id_comes_back_for_it() {
        var encrypted = cipher.encrypt("one", "secret");

        assertThat(new String(encrypted, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("secret");
        assertThat(cipher.decrypt("one", encrypted)).isEqualTo("secret");
    }

    @Test
    void a_row_swapped_with_another_is_noticed() {
        var encrypted = cipher.encrypt("one", "secret");

        assertThatThrownBy(() -> cipher.decrypt("two", encrypted)).hasMessageContaining("two");
    }

    @Test
    void another_key_encryption_key_opens_nothing() {
        var other = new byte[32];
        other[0] = 1;

        var encrypted = cipher.encrypt("one", "secret");

        assertThatThrownBy(() -> cipher(other).decrypt("one", encrypted))
                .hasMessageContaining("amrutam.identity.key-encryption-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not base64!", "AAAAAAAAAAAAAAAAAAAAAA=="})
    void a_key_that_is_none_stops_the_start_and_says_which(String key) {
        assertThatThrownBy(() -> new KeyCipher(new KeyProperties(key, Duration.ofMinutes(1), Duration.ofMinutes(15))))
                .hasMessageContaining("amrutam.identity.key-encryption-key");
    }

    private static KeyCipher cipher(byte[] key) {
        return new KeyCipher(new KeyProperties(
                Base64.getEncoder().encodeToString(key), Duration.ofMinutes(1), Duration.ofMinutes(15)));
    }
}
