package com.amrutam.localstack.demo;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.events.wire.SchemaRegistry;
import com.amrutam.localstack.event.Arrival;
import com.amrutam.localstack.event.EventReader;
import com.amrutam.localstack.server.ServicePorts;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** A patient finds a doctor, holds a slot, confirms it with the code they get, and is told so; all of it shown. */
public final class Journey {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("EEE d MMM, HH:mm", Locale.ENGLISH).withZone(ZoneId.of("Asia/Kolkata"));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String bootstrapServers;
    private final URI registry;
    private final Narrator narrator;

    /** What of the events was already told. */
    private int told;

    public Journey(String bootstrapServers, URI registry, Narrator narrator) {
        this.bootstrapServers = bootstrapServers;
        this.registry = registry;
        this.narrator = narrator;
    }

    /**
     * Goes the whole way.
     *
     * @throws IllegalStateException when a step was refused or an event or message did not come
     */
    public void go() throws InterruptedException {
        var patient = new Person(
                "+9198%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)), ServicePorts.STANDARD, http);
        var codec = new EventCodec(new SchemaRegistry(registry));
        Arrays.stream(Topic.values()).forEach(codec::prepare);
        try (var events = new EventReader(bootstrapServers, codec)) {
            // The connection and this JVM's HTTP classes are nobody's latency.
            patient.api().get("/health");
            logIn(patient, events);
            var slot = findSlot(patient);
            book(patient, slot, events);
        }
    }

    private void logIn(Person patient, EventReader events) throws InterruptedException {
        narrator.step("A patient logs in with their phone, " + patient.phone());
        var begun = Instant.now();
        var challenge = patient.requestCode();
        narrator.call(challenge, "challenge " + brief(challenge.text("challengeId")));
        var code = patient.awaitMessage("LOGIN_CODE", begun);
        narrator.message(patient.phone(), code.text(), Duration.between(begun, Instant.now()));
        tell(events, Topic.LOGIN_OTP_REQUESTED, Topic.NOTIFICATION_DELIVERED);
        var login = patient.enter(challenge.text("challengeId"), code.code());
        narrator.call(
                login,
                "user %s, roles %s, token for %s s"
                        .formatted(
                                brief(login.body().path("user").path("id").asText()),
                                login.body().path("user").path("roles"),
                                login.text("expiresIn")));
        tell(events, Topic.USER_REGISTERED, Topic.CONTACT_CHANGED);
    }

    private Slot findSlot(Person patient) throws InterruptedException {
        narrator.step("They look for a Panchakarma doctor, online, the soonest first");
        var doctors = patient.api()
                .get("/api/v1/doctors?specialization=PANCHAKARMA&mode=ONLINE&sort=soonest")
                .expect(200);
        narrator.call(doctors, doctors.body().path("items").size() + " doctors");
        for (var doctor : doctors.body().path("items")) {
            narrator.detail("%-20s %-12s %4d INR   next free %s"
                    .formatted(
                            doctor.path("name").asText(),
                            doctor.path("city").asText(),
                            doctor.path("fee").path("amount").asLong() / 100,
                            when(doctor.path("nextFreeSlot")
                                    .path("ONLINE")
                                    .path("start")
                                    .asText())));
        }
        var doctor = doctors.body().path("items").path(0);
        var from = Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        var slots = patient.api()
                .get("/api/v1/doctors/%s/slots?from=%s&to=%s&mode=ONLINE"
                        .formatted(doctor.path("id").asText(), from, from.plus(7, ChronoUnit.DAYS)))
                .expect(200);
        var items = slots.body().path("items");
        if (items.isEmpty()) {
            throw new IllegalStateException(doctor.path("name").asText() + " has no free slot from tomorrow on");
        }
        // Not always the first: several demos at once would fight for it.
        var chosen = items.path(ThreadLocalRandom.current().nextInt(Math.min(10, items.size())));
        narrator.call(slots, items.size() + " free slots from tomorrow on");
        return new Slot(
                chosen.path("id").asText(),
                doctor.path("name").asText(),
                when(chosen.path("start").asText()));
    }

    private void book(Person patient, Slot slot, EventReader events) throws InterruptedException {
        narrator.step("They hold the slot with %s on %s".formatted(slot.doctor(), slot.start()));
        var begun = Instant.now();
        var lock = patient.api()
                .post("/api/v1/slot-locks", Map.of("slotId", slot.id(), "mode", "ONLINE"))
                .expect(201);
        narrator.call(lock, "lock %s %s, theirs for 5 minutes".formatted(brief(lock.text("id")), lock.text("status")));
        var code = patient.awaitMessage("BOOKING_CODE", begun);
        var codeTook = Duration.between(begun, Instant.now());
        narrator.message(patient.phone(), code.text(), codeTook);
        tell(events, Topic.SLOT_LOCKED, Topic.BOOKING_OTP_REQUESTED, Topic.NOTIFICATION_DELIVERED);

        narrator.step("They confirm with the code");
        var confirmed = Instant.now();
        var appointment = patient.api()
                .post(
                        "/api/v1/appointments",
                        Map.of("slotLockId", lock.text("id"), "code", code.code(), "reason", "Back pain"))
                .expect(201);
        narrator.call(
                appointment, "appointment %s %s".formatted(brief(appointment.text("id")), appointment.text("status")));
        var confirmation = patient.awaitMessage("APPOINTMENT_BOOKED", confirmed);
        var confirmationTook = Duration.between(confirmed, Instant.now());
        tell(events, Topic.APPOINTMENT_BOOKED, Topic.NOTIFICATION_DELIVERED);
        var list = patient.api().get("/api/v1/appointments").expect(200);
        narrator.call(list, list.body().path("items").size() + " appointment, " + slot.start());

        narrator.end(codeTook);
        narrator.message(patient.phone(), confirmation.text(), confirmationTook);
    }

    private record Slot(String id, String doctor, String start) {}

    /** Waits until these topics have each brought something new, then tells of all that came. */
    private void tell(EventReader events, Topic... expected) throws InterruptedException {
        var wanted = EnumSet.copyOf(List.of(expected));
        var arrivals = events.await(PATIENCE, all -> {
            var fresh = all.subList(told, all.size());
            Set<Topic> topics = fresh.stream().map(Arrival::topic).collect(Collectors.toSet());
            return topics.containsAll(wanted) ? fresh : null;
        });
        if (arrivals == null) {
            throw new IllegalStateException(
                    "Not all of these came within %d s: %s".formatted(PATIENCE.toSeconds(), wanted));
        }
        arrivals.forEach(narrator::event);
        told += arrivals.size();
    }

    private static String when(String instant) {
        return instant.isEmpty() ? "-" : WHEN.format(Instant.parse(instant));
    }

    private static String brief(String id) {
        // The end of a UUIDv7 is its random part.
        return id.length() < 12 ? id : "…" + id.substring(id.length() - 12);
    }
}
