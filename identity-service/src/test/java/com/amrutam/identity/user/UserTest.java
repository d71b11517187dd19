package com.amrutam.identity.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UserTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T09:30:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-24T09:30:00Z");

    private final User asha =
            User.register(UUID.randomUUID(), new Phone("+919812345678"), Set.of(Role.PATIENT), MONDAY);

    @Test
    void a_change_raises_the_version_by_one() {
        var changed = asha.with(asha.profile().withName("Asha"), TUESDAY);

        assertThat(changed.version()).isEqualTo(asha.version() + 1);
        assertThat(changed.changedAt()).isEqualTo(TUESDAY);
        assertThat(changed.profile().name()).isEqualTo("Asha");
    }

    @Test
    void a_change_without_a_difference_is_none() {
        assertThat(asha.with(asha.profile().withLanguage(Language.EN), TUESDAY)).isEqualTo(asha);
    }
}
