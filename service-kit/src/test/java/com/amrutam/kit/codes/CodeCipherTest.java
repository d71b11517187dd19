package com.amrutam.kit.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amrutam.localstack.server.Keyset;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CodeCipherTest {
    private final UUID subject = UUID.randomUUID();
    private final Keyset first = Keyset.generate();

    @Test
    void keys_are_rotated_while_services_of_two_steps_run_beside_each_other() {
        var added = first.withNewKey();
        var promoted = added.promoted();
        var retired = promoted.withPrimaryAlone();

        assertUnderstandEachOther(first, added);
        assertUnderstandEachOther(added, promoted);
        assertUnderstandEachOther(promoted, retired);
        assertThat(retired.written()).hasSizeLessThan(promoted.written().length());
    }

    @Test
    void once_a_key_is_retired_what_it_encrypted_is_gone() {
        var old = cipher(first).encrypt(subject, "123456");
        var retired = cipher(first.withNewKey().promoted().withPrimaryAlone());

        assertThatThrownBy(() -> retired.decrypt(subject, old)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_that_was_only_added_encrypts_nothing_yet() {
        var encrypted = cipher(first.withNewKey()).encrypt(subject, "123456");

        assertThat(cipher(first).decrypt(subject, encrypted)).isEqualTo("123456");
    }

    @Test
    void nobody_reads_a_code_with_another_keyset_or_as_another_subjects() {
        var encrypted = cipher(first).encrypt(subject, "123456");

        assertThatThrownBy(() -> cipher(Keyset.generate()).decrypt(subject, encrypted))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cipher(first).decrypt(UUID.randomUUID(), encrypted))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void assertUnderstandEachOther(Keyset one, Keyset other) {
        assertThat(cipher(other).decrypt(subject, cipher(one).encrypt(subject, "123456")))
                .isEqualTo("123456");
        assertThat(cipher(one).decrypt(subject, cipher(other).encrypt(subject, "654321")))
                .isEqualTo("654321");
    }

    private static CodeCipher cipher(Keyset keyset) {
        return new CodeCipher(keyset.written());
    }
}
