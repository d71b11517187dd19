package com.amrutam.doctor.search;

import static com.amrutam.doctor.BookingEvents.locked;
import static com.amrutam.doctor.BookingEvents.released;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.doctor.DoctorApplication;
import com.amrutam.doctor.Given;
import com.amrutam.doctor.Service;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.kit.instance.Instance;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;
import tools.jackson.databind.JsonNode;

/** Two instances over one Redis. Answers live for hours here: what is seen sooner, an invalidation has brought. */
@ExtendWith(LocalStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchCacheTest {
    private static final Map<String, String> LONG_LIVED = Map.of(
            "amrutam.doctor.search-cache.in-process", "1h",
            "amrutam.doctor.search-cache.in-redis", "1h",
            "amrutam.redis.cool-down", "300ms");

    private static final int PATIENCE_MILLIS = 20_000;

    private final Instance one = Instance.start(DoctorApplication.class, LONG_LIVED);
    private final Instance other = Instance.start(DoctorApplication.class, LONG_LIVED);
    /** Remembers nothing itself, so that every answer is of Redis or the database. */
    private final Instance forgetful = Instance.start(DoctorApplication.class, forgetful());

    private final Service throughOne = new Service(one.context().getEnvironment());
    private final Service throughOther = new Service(other.context().getEnvironment());
    private final Service throughForgetful = new Service(forgetful.context().getEnvironment());
    private final Given given = new Given(throughOne);
    private final EventProbe probe = EventProbe.fromNow();
    private String city = "";

    private static Map<String, String> forgetful() {
        var properties = new HashMap<>(LONG_LIVED);
        properties.put("amrutam.doctor.search-cache.memory", "0B");
        return properties;
    }

    @BeforeEach
    void aCityOfItsOwn() {
        city = "City " + UUID.randomUUID();
    }

    @AfterAll
    void stop() {
        probe.close();
        forgetful.close();
        other.close();
        one.close();
    }

    @Test
    void a_profile_changed_through_one_instance_is_found_so_through_all() {
        var doctor = given.doctor("city", city, "experienceYears", 3);
        awaitEverywhere("specialization=PANCHAKARMA&sort=rating", "experienceYears", "3");

        throughOne
                .put("/doctors/me", Service.doctor(doctor), Given.profile("city", city, "experienceYears", 4))
                .ok();

        awaitEverywhere("specialization=PANCHAKARMA&sort=rating", "experienceYears", "4");
    }

    @Test
    void a_taken_slot_vanishes_everywhere_and_a_freed_one_comes_back() {
        var doctor = given.doctorWorking("09:00", "17:00", "city", city);
        var slots = throughOne.get("/doctors/" + doctor + "/slots").ok().path("items");
        awaitNext(slots.path(0));

        probe.send(locked(slots.path(0), 2));
        awaitNext(slots.path(1));

        probe.send(released(slots.path(0), 3, ReleaseReason.EXPIRED));
        awaitNext(slots.path(0));
    }

    @Test
    void a_search_for_a_certain_time_hears_of_any_slot() {
        var doctor = given.doctorWorking("09:00", "17:00", "city", city);
        var last = throughOne
                .get("/doctors/" + doctor + "/slots?limit=100")
                .ok()
                .path("items")
                .valueStream()
                .toList()
                .getLast();
        var window = "from=" + last.path("start").stringValue() + "&to="
                + last.path("end").stringValue();
        var throughAll = new Service[] {throughOne, throughOther, throughForgetful};
        for (var service : throughAll) {
            assertThat(search(service, window)).hasSize(1);
        }

        probe.send(locked(last, 2));

        for (var service : throughAll) {
            await().untilAsserted(() -> assertThat(search(service, window)).isEmpty());
        }
    }

    @Test
    void what_one_instance_has_read_the_others_take_from_redis() {
        given.doctor("city", city);
        // What the doctor's making has told is heard by then.
        await().untilAsserted(() -> {
            search(throughOne, "sort=fee");
            var before = answers(forgetful, "redis");
            assertThat(search(throughForgetful, "sort=fee")).hasSize(1);
            assertThat(answers(forgetful, "redis")).isEqualTo(before + 1);
        });
        var before = answers(one, "memory");
        assertThat(search(throughOne, "sort=fee")).hasSize(1);
        assertThat(answers(one, "memory")).isEqualTo(before + 1);
    }

    @Test
    void many_who_ask_the_same_at_once_cost_one_search() throws Exception {
        given.doctor("city", city);
        await().untilAsserted(() -> {
            var before = answers(one, "database");
            var limit = "sort=experience&minFee=" + System.nanoTime() % 10_000;
            try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
                people.invokeAll(IntStream.range(0, 50)
                        .<Callable<JsonNode>>mapToObj(number -> () -> search(throughOne, limit))
                        .toList());
            }
            assertThat(answers(one, "database")).isEqualTo(before + 1);
        });
    }

    @Test
    void without_redis_answers_are_right_and_none_from_before_comes_back_with_it() {
        var doctor = given.doctor("city", city, "experienceYears", 3);
        awaitEverywhere("sort=experience", "experienceYears", "3");

        try (var redis = new Jedis(URI.create(System.getProperty("amrutam.redis.url")), PATIENCE_MILLIS)) {
            // Hangs, and comes back with what it had: worse than a Redis that is gone.
            redis.clientPause(3_000);
            throughOne
                    .put("/doctors/me", Service.doctor(doctor), Given.profile("city", city, "experienceYears", 4))
                    .ok();
            awaitEverywhere("sort=experience", "experienceYears", "4");
            // The answer comes when the pause is over.
            redis.ping();
        }
        await().untilAsserted(() -> {
            var before = answers(forgetful, "redis");
            assertThat(shown(throughForgetful, "sort=experience", "experienceYears"))
                    .isEqualTo("4");
            assertThat(answers(forgetful, "redis")).isEqualTo(before + 1);
        });
        assertThat(shown(throughOther, "sort=experience", "experienceYears")).isEqualTo("4");
    }

    @Test
    void with_redis_stopped_changes_are_seen_all_the_same() {
        var doctor = given.doctor("city", city, "experienceYears", 3);
        LocalStack.stop("redis");
        try {
            awaitEverywhere("sort=experience", "experienceYears", "3");
            throughOne
                    .put("/doctors/me", Service.doctor(doctor), Given.profile("city", city, "experienceYears", 5))
                    .ok();
            awaitEverywhere("sort=experience", "experienceYears", "5");
        } finally {
            LocalStack.start("redis");
        }
    }

    private void awaitNext(JsonNode slot) {
        for (var service : new Service[] {throughOne, throughOther, throughForgetful}) {
            await().untilAsserted(() -> assertThat(search(service, "specialization=PANCHAKARMA")
                            .path(0)
                            .path("nextFreeSlot")
                            .path("ONLINE"))
                    .isEqualTo(slot));
        }
    }

    private void awaitEverywhere(String wishes, String field, String value) {
        for (var service : new Service[] {throughOne, throughOther, throughForgetful}) {
            await().untilAsserted(
                            () -> assertThat(shown(service, wishes, field)).isEqualTo(value));
        }
    }

    private String shown(Service service, String wishes, String field) {
        return search(service, wishes).path(0).path(field).toString();
    }

    private JsonNode search(Service service, String wishes) {
        return service.get("/doctors?city=" + URLEncoder.encode(city, StandardCharsets.UTF_8) + "&" + wishes)
                .ok()
                .path("items");
    }

    private static double answers(Instance instance, String source) {
        return instance.bean(MeterRegistry.class)
                .get("amrutam.search.answers")
                .tag("source", source)
                .counter()
                .count();
    }
}
