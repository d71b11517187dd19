package com.amrutam.kit.sample;

import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.events.doctor.SlotsWithdrawn;
import com.amrutam.events.identity.UserErased;
import com.amrutam.kit.inbox.EventMetadata;
import com.amrutam.kit.inbox.HandledTogether;
import com.amrutam.kit.inbox.OnEvent;
import com.amrutam.kit.outbox.Outbox;
import com.amrutam.kit.problem.ProblemException;
import com.amrutam.kit.security.AccessRules;
import com.amrutam.kit.security.Caller;
import com.amrutam.kit.web.Cursor;
import com.amrutam.kit.web.Page;
import com.amrutam.kit.web.PageRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
public class SampleService {
    /** Profile of an instance that runs under another service's name, which may not listen to what booking does. */
    static final String ELSEWHERE = "elsewhere";

    public static void main(String[] arguments) {
        SpringApplication.run(SampleService.class, arguments);
    }

    @Bean
    AccessRules accessRules() {
        return routes -> routes.requestMatchers("/api/v1/open/**")
                .permitAll()
                .requestMatchers("/api/v1/admin/**")
                .hasRole("ADMIN");
    }

    /** Changes the database and tells of it, as every use case does. */
    @Component
    static class ReleaseSlot {
        private final JdbcClient jdbc;
        private final Outbox outbox;

        ReleaseSlot(JdbcClient jdbc, Outbox outbox) {
            this.jdbc = jdbc;
            this.outbox = outbox;
        }

        @Transactional
        public UUID release(UUID slotId, boolean thenFail) {
            jdbc.sql("insert into sample (id) values (?)").param(slotId).update();
            var event = outbox.publish(released(slotId));
            if (thenFail) {
                throw new IllegalStateException("after the event was written");
            }
            return event;
        }

        private static SlotReleased released(UUID slotId) {
            return SlotReleased.newBuilder()
                    .setSlotId(slotId)
                    .setSlotVersion(1)
                    .setDoctorId(slotId)
                    .setSlotLockId(slotId)
                    .setPatientId(slotId)
                    .setReason(ReleaseReason.RELEASED)
                    .setReleasedAt(Instant.EPOCH)
                    .build();
        }
    }

    @Component
    @Profile("!" + ELSEWHERE)
    static class WithdrawnListener {
        static final UUID POISON = UUID.fromString("00000000-0000-7000-8000-000000000bad");

        private final JdbcClient jdbc;
        final Map<UUID, EventMetadata> handled = new ConcurrentHashMap<>();
        final AtomicInteger poisoned = new AtomicInteger();

        WithdrawnListener(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @OnEvent
        void on(SlotsWithdrawn event, EventMetadata metadata) {
            jdbc.sql("insert into sample (id) values (?)")
                    .param(event.getDoctorId())
                    .update();
            if (event.getDoctorId().equals(POISON)) {
                poisoned.incrementAndGet();
                throw new IllegalArgumentException("cannot be handled, however often");
            }
            handled.put(event.getDoctorId(), metadata);
        }
    }

    /** Handles what is waiting together, and holds on to the first while the gate is shut. */
    @Component
    @Profile("!" + ELSEWHERE)
    static class TogetherListener implements HandledTogether {
        static final UUID POISON = UUID.fromString("00000000-0000-7000-8000-00000000dead");
        /** What is done with all at once, and is not left for the method. */
        static final UUID AT_ONCE = UUID.fromString("00000000-0000-7000-8000-000000000a11");

        private final JdbcClient jdbc;
        final Map<UUID, Long> transactions = new ConcurrentHashMap<>();
        final Map<UUID, Integer> announced = new ConcurrentHashMap<>();
        final AtomicInteger entered = new AtomicInteger();
        volatile CountDownLatch gate = new CountDownLatch(0);

        TogetherListener(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @Override
        public List<SpecificRecord> handleAtOnce(List<SpecificRecord> events) {
            events.forEach(event -> announced.merge(((UserErased) event).getUserId(), 1, Integer::sum));
            return events.stream()
                    .filter(event -> !((UserErased) event).getUserId().equals(AT_ONCE))
                    .toList();
        }

        @OnEvent
        void on(UserErased event) throws InterruptedException {
            entered.incrementAndGet();
            if (!gate.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The test never opened the gate");
            }
            jdbc.sql("insert into sample (id) values (?)")
                    .param(event.getUserId())
                    .update();
            if (event.getUserId().equals(POISON)) {
                throw new IllegalArgumentException("cannot be handled, however often");
            }
            transactions.put(
                    event.getUserId(),
                    jdbc.sql("select pg_current_xact_id()::text::bigint")
                            .query(Long.class)
                            .single());
        }
    }

    /** Listens to what every service may hear of. */
    @Component
    @Profile(ELSEWHERE)
    static class ErasureListener {
        private final JdbcClient jdbc;

        ErasureListener(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @OnEvent
        void on(UserErased event) {
            jdbc.sql("insert into sample (id) values (?)")
                    .param(event.getUserId())
                    .update();
        }
    }

    @RestController
    @RequestMapping("/api/v1")
    static class SampleController {
        private final ReleaseSlot releaseSlot;
        volatile CountDownLatch gate = new CountDownLatch(0);
        final AtomicInteger entered = new AtomicInteger();

        SampleController(ReleaseSlot releaseSlot) {
            this.releaseSlot = releaseSlot;
        }

        record Release(UUID slotId, @Max(9) int count) {}

        record Released(UUID slotId, UUID by) {}

        @PostMapping("/releases")
        ResponseEntity<Released> release(@Valid @RequestBody Release request, Caller caller)
                throws InterruptedException {
            entered.incrementAndGet();
            if (!gate.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The test never opened the gate");
            }
            releaseSlot.release(request.slotId(), request.count() == 7);
            return ResponseEntity.created(URI.create("/api/v1/releases/" + request.slotId()))
                    .eTag("\"1\"")
                    .body(new Released(request.slotId(), caller.id()));
        }

        @PostMapping("/refusals")
        void refuse() {
            entered.incrementAndGet();
            throw ProblemException.invalid("slotId", "is refused").with("attemptsRemaining", 4);
        }

        @GetMapping("/open/numbers")
        Page<Integer> numbers(PageRequest page) {
            int after = page.cursor() == null
                    ? 0
                    : Integer.parseInt(page.cursor().parts().getFirst());
            List<Integer> rows = IntStream.rangeClosed(after + 1, 45)
                    .limit(page.limit() + 1L)
                    .boxed()
                    .toList();
            return Page.of(rows, page.limit(), last -> Cursor.of(last.toString()));
        }

        @GetMapping("/open/things/{id}")
        UUID thing(@PathVariable UUID id) {
            return id;
        }

        @GetMapping("/open/broken")
        void broken() {
            throw new IllegalStateException("nobody expected this, and nobody outside must read it");
        }

        @GetMapping("/me")
        Caller me(Caller caller) {
            return caller;
        }

        @GetMapping("/admin/thing")
        String admin() {
            return "for administrators";
        }
    }
}
