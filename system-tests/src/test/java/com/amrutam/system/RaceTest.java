package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.localstack.demo.Api.Answer;
import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.junit.RunningSystem;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two patients want the same slot at the same moment. */
@ExtendWith(RunningSystem.class)
class RaceTest {
    private static final int ROUNDS = 200;

    /** So many that nobody comes near the limit of ten booking calls a minute, even if they win each of their races. */
    private static final int PATIENTS = 100;

    private static final int LOGINS_AT_ONCE = 8;

    @Test
    void one_gets_the_slot_and_the_other_is_told_so_each_time() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var patients = patients();
            var slot = Visit.slot(patients.getFirst());
            for (int round = 0; round < ROUNDS; round++) {
                var first = patients.get(2 * round % PATIENTS);
                var second = patients.get((2 * round + 1) % PATIENTS);
                race(threads, first, second, slot, round);
            }
        }
    }

    private static void race(ExecutorService threads, Person first, Person second, JsonNode slot, int round)
            throws Exception {
        var start = new CyclicBarrier(2);
        var ofFirst = threads.submit(() -> holdAt(start, first, slot));
        var ofSecond = threads.submit(() -> holdAt(start, second, slot));

        var firstWon = ofFirst.get().status() == 201;
        var won = firstWon ? ofFirst.get() : ofSecond.get();
        var lost = firstWon ? ofSecond.get() : ofFirst.get();
        assertThat(won.status()).as("round %d: %s", round, won).isEqualTo(201);
        assertThat(lost.status()).as("round %d: %s", round, lost).isEqualTo(409);
        assertThat(lost.text("code")).isEqualTo("slot-taken");
        assertThat(lost.body().path("alternatives")).hasSize(3);

        (firstWon ? first : second)
                .api()
                .delete("/api/v1/slot-locks/" + won.text("id"))
                .expect(204);
    }

    private static Answer holdAt(CyclicBarrier start, Person patient, JsonNode slot) throws Exception {
        start.await();
        return Visit.hold(patient, slot);
    }

    private static List<Person> patients() throws InterruptedException, ExecutionException {
        var patients = new ArrayList<Person>();
        try (var threads = Executors.newFixedThreadPool(LOGINS_AT_ONCE)) {
            var logins = new ArrayList<Future<Person>>();
            for (int i = 0; i < PATIENTS; i++) {
                logins.add(threads.submit(Visit::patient));
            }
            for (var login : logins) {
                patients.add(login.get());
            }
        }
        return patients;
    }
}
