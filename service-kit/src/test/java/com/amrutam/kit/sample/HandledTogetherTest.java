package com.amrutam.kit.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.Topic;
import com.amrutam.events.identity.UserErased;
import com.amrutam.kit.sample.SampleService.TogetherListener;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events that were waiting while an earlier one was handled. */
@ExtendWith(LocalStack.class)
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class HandledTogetherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TogetherListener listener;
    private final JdbcClient jdbc;
    private final MeterRegistry metrics;

    @Autowired
    HandledTogetherTest(TogetherListener listener, JdbcClient jdbc, MeterRegistry metrics) {
        this.listener = listener;
        this.jdbc = jdbc;
        this.metrics = metrics;
    }

    @Test
    void many_share_a_transaction() {
        var users = users(40);

        publishWhileOneIsHandled(users);

        await().atMost(PATIENCE).until(() -> listener.transactions.keySet().containsAll(users));
        // Each poll has a transaction, and the first of them may have brought but a few.
        assertThat(new HashSet<>(users.stream().map(listener.transactions::get).toList()))
                .hasSizeLessThan(10);
        assertThat(users).allSatisfy(user -> assertThat(rows(user)).isOne());
    }

    @Test
    void one_that_comes_twice_takes_effect_once() {
        var user = UUID.randomUUID();
        var last = UUID.randomUUID();

        publishWhileOneIsHandled(List.of(user, user, last));

        await().atMost(PATIENCE).until(() -> listener.transactions.containsKey(last));
        await().atMost(PATIENCE).until(() -> listener.transactions.containsKey(user));
        assertThat(listener.announced.get(user)).isOne();
        assertThat(rows(user)).isOne();
    }

    @Test
    void one_that_cannot_be_handled_holds_back_none_of_the_others() {
        double before = parked();
        var users = users(20);

        publishWhileOneIsHandled(Stream.concat(
                        Stream.concat(users.stream().limit(10), Stream.of(TogetherListener.POISON)),
                        users.stream().skip(10))
                .toList());

        await().atMost(PATIENCE).until(() -> listener.transactions.keySet().containsAll(users));
        await().atMost(PATIENCE).until(() -> parked() == before + 1);
        assertThat(users).allSatisfy(user -> assertThat(rows(user)).isOne());
        assertThat(rows(TogetherListener.POISON)).isZero();
    }

    @Test
    void what_was_done_for_all_at_once_is_not_left_for_the_method() {
        var users = users(2);

        publishWhileOneIsHandled(List.of(users.getFirst(), TogetherListener.AT_ONCE, users.getLast()));

        await().atMost(PATIENCE).until(() -> listener.transactions.keySet().containsAll(users));
        await().atMost(PATIENCE).until(() -> listener.announced.containsKey(TogetherListener.AT_ONCE));
        assertThat(users).allSatisfy(user -> assertThat(rows(user)).isOne());
        assertThat(listener.transactions).doesNotContainKey(TogetherListener.AT_ONCE);
        assertThat(rows(TogetherListener.AT_ONCE)).isZero();
    }

    /** The same user twice is the same event twice. */
    private void publishWhileOneIsHandled(List<UUID> users) {
        listener.gate = new CountDownLatch(1);
        int before = listener.entered.get();
        try (var probe = EventProbe.fromNow()) {
            probe.send(erased(UUID.randomUUID()));
            await().atMost(PATIENCE).until(() -> listener.entered.get() > before);
            users.forEach(user -> probe.send(user, erased(user)));
        } finally {
            listener.gate.countDown();
        }
    }

    private static List<UUID> users(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    private static UserErased erased(UUID user) {
        return UserErased.newBuilder()
                .setUserId(user)
                .setErasedAt(Instant.EPOCH)
                .build();
    }

    private double parked() {
        return metrics.counter("amrutam.events.parked", "topic", Topic.USER_ERASED.topicName())
                .count();
    }

    private int rows(UUID id) {
        return jdbc.sql("select count(*) from sample where id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }
}
