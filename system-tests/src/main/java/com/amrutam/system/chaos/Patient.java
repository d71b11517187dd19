package com.amrutam.system.chaos;

import com.amrutam.system.chaos.Door.Answer;
import com.amrutam.system.check.History;
import com.amrutam.system.check.Operation;
import com.amrutam.system.check.Outcome;
import com.amrutam.system.check.Request;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Books, moves and cancels appointments for as long as the gate is open, and writes down all they asked for and were told. */
final class Patient {
    private static final Duration CODE_PATIENCE = Duration.ofSeconds(15);
    private static final Duration INSISTENCE = Duration.ofSeconds(20);
    private static final int KEPT_APPOINTMENTS = 4;
    private static final int DAYS = 12;

    private final Visitor visitor;
    private final Mailbox mailbox;
    private final History history;
    private final Gate gate;
    private final List<String> doctors;
    private final Tally acknowledged;
    private final Random random;
    private final Deque<UUID> appointments = new ArrayDeque<>();

    /** @param acknowledged counts the changes of all patients that were told yes */
    Patient(
            Visitor visitor,
            Mailbox mailbox,
            History history,
            Gate gate,
            List<String> doctors,
            Tally acknowledged,
            Random random) {
        this.visitor = visitor;
        this.mailbox = mailbox;
        this.history = history;
        this.gate = gate;
        this.doctors = doctors;
        this.acknowledged = acknowledged;
        this.random = random;
    }

    /** What is meant by a request, for the history. */
    private record Meaning(
            Operation operation,
            @Nullable UUID slotId,
            @Nullable UUID lockId,
            @Nullable UUID appointmentId) {}

    void live() throws InterruptedException {
        while (gate.enter()) {
            try {
                if (!gate.isClosingWithin(Duration.ofMillis(random.nextLong(Pace.CHANGE.toMillis())))) {
                    visit();
                }
            } finally {
                gate.leave();
            }
        }
    }

    private void visit() throws InterruptedException {
        var doctor = doctors.get(random.nextInt(doctors.size()));
        var slot = slotOf(doctor);
        if (slot.isEmpty()) {
            return;
        }
        var held = hold(slot.get());
        if (held.isEmpty()) {
            return;
        }
        var lock = held.get();
        int whim = random.nextInt(100);
        if (whim < 5) {
            // Forgotten: it runs out by itself.
            return;
        }
        var code = whim < 15 ? Optional.<String>empty() : awaitCode(lock);
        if (code.isEmpty()) {
            insist(new Meaning(Operation.RELEASE, null, lock, null), "DELETE", "/api/v1/slot-locks/" + lock, null);
            return;
        }
        book(lock, code.get()).ifPresent(appointments::add);
        if (gate.isClosingWithin(Pace.CHANGE) || appointments.isEmpty()) {
            return;
        }
        if (whim > 80) {
            move(doctor);
        }
        if ((whim < 65 || appointments.size() > KEPT_APPOINTMENTS) && !gate.isClosingWithin(Pace.CHANGE)) {
            cancel();
        }
    }

    /** A slot that can still be cancelled in time. */
    private Optional<JsonNode> slotOf(String doctor) throws InterruptedException {
        var from = Instant.now()
                .plus(30 + 24L * random.nextInt(DAYS), ChronoUnit.HOURS)
                .truncatedTo(ChronoUnit.SECONDS);
        var answer = visitor.call(
                "doctor",
                "GET",
                "/api/v1/doctors/%s/slots?from=%s&to=%s&limit=100"
                        .formatted(doctor, from, from.plus(2, ChronoUnit.DAYS)),
                null,
                Map.of());
        var slots = answer.body().path("items");
        if (slots.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(slots.path(random.nextInt(slots.size())));
    }

    private Optional<UUID> hold(JsonNode wanted) throws InterruptedException {
        var slot = id(wanted);
        var modes = wanted.path("modes");
        var mode = modes.path(random.nextInt(modes.size())).asText();
        var answer = insist(
                new Meaning(Operation.HOLD, slot, null, null),
                "POST",
                "/api/v1/slot-locks",
                Map.of("slotId", slot, "mode", mode));
        if (answer.text("code").equals("too-many-appointments")) {
            remember();
            cancel();
        }
        return answer.status() == 201 ? Optional.of(UUID.fromString(answer.text("id"))) : Optional.empty();
    }

    /** What was booked and never answered is on one's list all the same. */
    private void remember() throws InterruptedException {
        var answer = visitor.call("booking", "GET", "/api/v1/appointments?status=BOOKED&limit=100", null, Map.of());
        for (var appointment : answer.body().path("items")) {
            if (!appointments.contains(id(appointment))) {
                appointments.addLast(id(appointment));
            }
        }
    }

    private static UUID id(JsonNode item) {
        return UUID.fromString(item.path("id").asText());
    }

    private Optional<String> awaitCode(UUID lock) throws InterruptedException {
        var deadline = Instant.now().plus(CODE_PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            var code = mailbox.code(lock);
            if (code.isPresent()) {
                return code;
            }
            if (gate.isClosingWithin(Pace.LOOK)) {
                break;
            }
        }
        return Optional.empty();
    }

    private Optional<UUID> book(UUID lock, String code) throws InterruptedException {
        var answer = insist(
                new Meaning(Operation.BOOK, null, lock, null),
                "POST",
                "/api/v1/appointments",
                Map.of("slotLockId", lock, "code", code));
        return answer.status() == 201 ? Optional.of(UUID.fromString(answer.text("id"))) : Optional.empty();
    }

    private void move(String doctor) throws InterruptedException {
        var to = slotOf(doctor);
        if (to.isPresent()) {
            var appointment = appointments.getLast();
            insist(
                    new Meaning(Operation.RESCHEDULE, id(to.get()), null, appointment),
                    "POST",
                    "/api/v1/appointments/" + appointment + "/reschedule",
                    Map.of("slotId", id(to.get())));
        }
    }

    private void cancel() throws InterruptedException {
        var appointment = appointments.pollFirst();
        if (appointment == null) {
            return;
        }
        insist(
                new Meaning(Operation.CANCEL, null, null, appointment),
                "POST",
                "/api/v1/appointments/" + appointment + "/cancel",
                Map.of("reason", "Changed plans"));
    }

    /** Asks again under the same key until somebody decides; one in ten does not bother, and nobody does for ever. */
    private Answer insist(Meaning meaning, String method, String path, @Nullable Object body)
            throws InterruptedException {
        var key = UUID.randomUUID().toString();
        var deadline = Instant.now().plus(random.nextInt(10) == 0 ? Duration.ZERO : INSISTENCE);
        while (true) {
            var begun = Instant.now();
            var answer = visitor.call("booking", method, path, body, Map.of("Idempotency-Key", key));
            write(meaning, key, answer, begun);
            if (answer.isDefinite() && !answer.text("code").equals("request-in-progress")) {
                return answer;
            }
            if (Instant.now().isAfter(deadline) || gate.isClosingWithin(Pace.RETRY)) {
                return answer;
            }
        }
    }

    private void write(Meaning meaning, String key, Answer answer, Instant begun) {
        var outcome = answer.status() == 0 ? Outcome.UNANSWERED : Outcome.of(answer.status());
        boolean isYes = outcome == Outcome.ACKNOWLEDGED;
        if (isYes) {
            acknowledged.add();
        }
        history.add(new Request(
                meaning.operation(),
                visitor.id(),
                key,
                meaning.slotId(),
                isYes && meaning.operation() == Operation.HOLD ? UUID.fromString(answer.text("id")) : meaning.lockId(),
                isYes && meaning.operation() == Operation.BOOK
                        ? UUID.fromString(answer.text("id"))
                        : meaning.appointmentId(),
                begun,
                Instant.now(),
                outcome,
                answer.status(),
                answer.body().hasNonNull("code") ? answer.text("code") : null));
    }
}
