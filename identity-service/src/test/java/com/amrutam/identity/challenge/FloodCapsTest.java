package com.amrutam.identity.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.identity.Api;
import com.amrutam.identity.IdentityTest;
import com.amrutam.identity.Person;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The caps are reached by rows of the past, as the days before would have left them. */
@IdentityTest
class FloodCapsTest {
    private final Api api;
    private final JdbcClient jdbc;

    FloodCapsTest(@LocalServerPort int port, @Autowired JdbcClient jdbc) {
        this.api = new Api(port);
        this.jdbc = jdbc;
    }

    @Test
    void one_client_gets_no_codes_for_ever_more_phones() {
        var client = "203.0.113." + ThreadLocalRandom.current().nextInt(256);
        for (int number = 0; number < 100; number++) {
            sentBefore("+9170%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)), client);
        }

        assertThat(ask("+919812300001", client)).isEqualTo("429 too-many-codes");
        assertThat(ask("+919812300001", "198.51.100.7")).isEqualTo("202");
    }

    @Test
    void a_block_of_numbers_gets_no_more_codes_than_its_share() {
        var block = "+91971%05d".formatted(ThreadLocalRandom.current().nextInt(100_000));
        for (int number = 0; number < 200; number++) {
            sentBefore(block + "%04d".formatted(number), "192.0.2.1");
        }

        assertThat(ask(block + "9999", "198.51.100.8")).isEqualTo("429 too-many-codes");
        var neighbour = Person.stranger(api);
        assertThat(neighbour.requestCode().status()).isEqualTo(202);
    }

    private void sentBefore(String phone, String client) {
        jdbc.sql("""
                        insert into login_challenge (id, phone, client_address, code_digest, requested_at, expires_at,
                                                     attempts_remaining, outcome)
                        values (:id, :phone, :client, decode(repeat('00', 32), 'hex'), now() - interval '1 hour',
                                now() - interval '55 minutes', 5, 'SPENT')""")
                .param("id", UUID.randomUUID())
                .param("phone", phone)
                .param("client", client)
                .update();
    }

    private String ask(String phone, String client) {
        return api.send(
                        "POST",
                        "/api/v1/auth/otp",
                        null,
                        "{\"phone\": \"%s\"}".formatted(phone),
                        "X-Forwarded-For",
                        client)
                .outcome();
    }
}
