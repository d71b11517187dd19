package com.amrutam.identity.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.identity.IdentityTest;
import com.amrutam.identity.Together;
import com.amrutam.localstack.junit.LocalStack;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Instances that start at the same moment over an empty table, which here is a copy in a schema of its own. */
@IdentityTest
class KeyStoreTest {
    private final DriverManagerDataSource empty;
    private final KeyCipher cipher;

    KeyStoreTest(@Autowired KeyCipher cipher) {
        this.cipher = cipher;
        this.empty = new DriverManagerDataSource(LocalStack.databaseUrl());
        empty.setUsername("identity");
        empty.setPassword(System.getProperty("amrutam.datasource.password"));
        empty.setSchema("identity_empty");
    }

    @BeforeEach
    void a_schema_without_keys() throws SQLException {
        try (var connection = LocalStack.connect();
                var statement = connection.createStatement()) {
            statement.execute("create schema identity_empty authorization identity");
            statement.execute("create table identity_empty.signing_key (like identity.signing_key including all)");
            statement.execute("alter table identity_empty.signing_key owner to identity");
        }
    }

    @AfterEach
    void dropped() throws SQLException {
        try (var connection = LocalStack.connect();
                var statement = connection.createStatement()) {
            statement.execute("drop schema identity_empty cascade");
        }
    }

    @Test
    void instances_that_start_at_once_agree_on_one_current_and_one_next_key() {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(empty));

        var seen = Together.times(4, () -> {
            var store = new KeyStore(JdbcClient.create(empty), cipher, Clock.systemUTC());
            transaction.executeWithoutResult(status -> store.createMissing());
            return store.load().getFirst().key().getKeyID();
        });

        assertThat(seen).hasSize(4).containsOnly(seen.getFirst());
        assertThat(JdbcClient.create(empty)
                        .sql("select standing from signing_key order by standing")
                        .query(String.class)
                        .list())
                .containsExactly("CURRENT", "NEXT");
    }

    @Test
    void private_keys_are_not_in_the_database_in_clear() {
        new TransactionTemplate(new JdbcTransactionManager(empty))
                .executeWithoutResult(
                        status -> new KeyStore(JdbcClient.create(empty), cipher, Clock.systemUTC()).createMissing());

        var rows = JdbcClient.create(empty)
                .sql("select public_jwk || encode(private_jwk, 'escape') from signing_key")
                .query(String.class)
                .list();

        // The members of a JWK that hold a private exponent and primes.
        assertThat(rows).hasSize(2).noneMatch(row -> row.contains("\"d\":") || row.contains("\"p\":"));
    }
}
