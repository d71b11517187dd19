package com.amrutam.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.localstack.junit.LocalStack;
import com.amrutam.localstack.junit.TestIssuer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Three gateways that share a Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreeGatewaysTest extends GatewayTest {
    private static final int LIMIT = 100;
    private static final List<String> ALIKE = List.of(
            "amrutam.gateway.services.identity",
            "amrutam.gateway.services.doctor",
            "amrutam.gateway.services.booking",
            "amrutam.gateway.services.notification",
            "amrutam.redis.url",
            "amrutam.redis.cool-down",
            "amrutam.security.jwk-set-uri");

    @Autowired
    private Environment environment;

    private final List<ConfigurableApplicationContext> others = new ArrayList<>();
    private final String token = TestIssuer.token(UUID.randomUUID(), "PATIENT");

    @BeforeAll
    void startTwoMore() {
        others.add(another());
        others.add(another());
    }

    private ConfigurableApplicationContext another() {
        return SpringApplication.run(
                GatewayApplication.class,
                Stream.concat(
                                Stream.of("--server.port=0"),
                                ALIKE.stream().map(name -> "--" + name + '=' + environment.getRequiredProperty(name)))
                        .toArray(String[]::new));
    }

    @AfterAll
    void stopThem() {
        others.forEach(ConfigurableApplicationContext::close);
    }

    @Test
    void a_hundred_a_minute_are_a_hundred_through_all_of_them() throws Exception {
        var user = TestIssuer.token(UUID.randomUUID(), "PATIENT");

        var answers = each(port -> {
            var statuses = new HashMap<Integer, Integer>();
            for (int request = 0; request < LIMIT; request++) {
                statuses.merge(ask(port, user), 1, Integer::sum);
            }
            return statuses;
        });

        assertThat(sum(answers, 200)).isBetween(LIMIT - 1, LIMIT + 1);
        assertThat(sum(answers, 200) + sum(answers, 429)).isEqualTo(3 * LIMIT);
    }

    @Test
    void with_redis_killed_in_the_middle_requests_flow_and_each_keeps_the_limit_by_itself() throws Exception {
        int before = 60;
        int during = 10;
        for (int request = 0; request < before; request++) {
            assertThat(ask(ports().get(request % 3), token)).isEqualTo(200);
        }
        var gone = new CountDownLatch(1);
        try (var killer = Executors.newVirtualThreadPerTaskExecutor()) {
            killer.submit(() -> {
                LocalStack.stop("redis");
                gone.countDown();
            });
            var answers = each(port -> {
                var statuses = new HashMap<Integer, Integer>();
                // Fewer than are left: one that Redis has refused for good stays refused without it.
                for (int request = 0; request < during; request++) {
                    statuses.merge(ask(port, token), 1, Integer::sum);
                }
                gone.await();
                for (int request = 0; request < LIMIT + 20; request++) {
                    statuses.merge(ask(port, token), 1, Integer::sum);
                }
                return statuses;
            });

            assertThat(answers).allSatisfy(statuses -> {
                assertThat(statuses).containsOnlyKeys(200, 429);
                // What was sent before Redis had died may have been counted there.
                assertThat(statuses.get(200)).isBetween(LIMIT, LIMIT + during);
            });
        } finally {
            LocalStack.start("redis");
        }
    }

    @Test
    void one_that_is_stopped_takes_no_more_and_finishes_what_it_has_begun() throws Exception {
        var path = "/api/v1/notifications";
        var begun = new CountDownLatch(1);
        var mayFinish = new CountDownLatch(1);
        upstream("notification").answer(path, exchange -> {
            begun.countDown();
            try {
                mayFinish.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Upstream.send(exchange, 200, "application/json", "{}");
        });
        var stopping = another();
        var uri = URI.create("http://127.0.0.1:" + portOf(stopping) + path);
        var request = HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);

        var answer = HTTP.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        begun.await();
        try (var stopper = Executors.newVirtualThreadPerTaskExecutor()) {
            stopper.submit(stopping::close);
            await().until(() -> isRefused(uri));
            assertThat(answer).isNotDone();
            mayFinish.countDown();

            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    private static boolean isRefused(URI uri) {
        try (var _ = new Socket(uri.getHost(), uri.getPort())) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private interface Client {
        Map<Integer, Integer> of(int port) throws Exception;
    }

    private List<Map<Integer, Integer>> each(Client client) throws Exception {
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = ports().stream()
                    .<Callable<Map<Integer, Integer>>>map(port -> () -> client.of(port))
                    .toList();
            var answers = new ArrayList<Map<Integer, Integer>>();
            for (Future<Map<Integer, Integer>> answer : clients.invokeAll(tasks)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    private List<Integer> ports() {
        return Stream.concat(Stream.of(port()), others.stream().map(ThreeGatewaysTest::portOf))
                .toList();
    }

    private static int portOf(ConfigurableApplicationContext gateway) {
        return gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private int ask(int port, String user) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/users/me"))
                        .header("Authorization", "Bearer " + user))
                .statusCode();
    }

    private static int sum(List<Map<Integer, Integer>> answers, int status) {
        return answers.stream()
                .mapToInt(statuses -> statuses.getOrDefault(status, 0))
                .sum();
    }
}
