package com.amrutam.identity.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.identity.challenge.CodePolicy.Decision;
import com.amrutam.identity.challenge.CodePolicy.RecentCodes;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CodePolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:30:00Z");

    private final CodePolicy policy = new CodePolicy(Duration.ofSeconds(30), 3);

    @Test
    void the_first_code_is_sent() {
        assertThat(policy.decide(new RecentCodes(0, null, null), NOW)).isEqualTo(new Decision.Send());
    }

    @Test
    void the_next_code_waits_for_the_rest_of_the_resend_time() {
        var sent = NOW.minusSeconds(10);

        assertThat(policy.decide(new RecentCodes(1, sent, sent), NOW))
                .isEqualTo(new Decision.TooSoon(Duration.ofSeconds(20)));
    }

    @Test
    void the_next_code_is_sent_when_the_resend_time_has_just_passed() {
        var sent = NOW.minusSeconds(30);

        assertThat(policy.decide(new RecentCodes(1, sent, sent), NOW)).isEqualTo(new Decision.Send());
    }

    @Test
    void who_used_the_last_code_does_not_wait() {
        assertThat(policy.decide(new RecentCodes(1, NOW.minusSeconds(1), null), NOW))
                .isEqualTo(new Decision.Send());
    }

    @Test
    void the_daily_cap_ends_when_the_oldest_code_is_a_day_old() {
        var oldest = NOW.minus(Duration.ofHours(23));

        assertThat(policy.decide(new RecentCodes(3, oldest, null), NOW))
                .isEqualTo(new Decision.CapReached(Duration.ofHours(1)));
    }

    @Test
    void the_daily_cap_counts_before_the_resend_time() {
        var oldest = NOW.minus(Duration.ofHours(23));

        assertThat(policy.decide(new RecentCodes(3, oldest, NOW), NOW)).isInstanceOf(Decision.CapReached.class);
    }
}
