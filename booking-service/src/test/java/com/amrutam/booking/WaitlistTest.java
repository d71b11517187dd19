package com.amrutam.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.booking.Rest.Answer;
import com.amrutam.events.Mode;
import com.amrutam.events.booking.LockReason;
import com.amrutam.events.booking.SlotLocked;
import com.amrutam.events.booking.WaitlistOffered;
import com.amrutam.kit.codes.CodeCipher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/** First come, first served. */
class WaitlistTest extends BookingScene {
    private final UUID kiran = UUID.randomUUID();

    @Autowired
    WaitlistTest(CodeCipher cipher, JdbcClient jdbc, ScheduledTaskHolder tasks) {
        super(cipher, jdbc, tasks);
    }

    @BeforeEach
    void theDoctorIsKnown() {
        givenProfile("Dr. Asha Nair", 1);
    }

    @Test
    void a_freed_slot_is_offered_to_the_first_in_line_who_confirms_like_anyone_else() {
        var slot = givenSlots(1).getFirst();
        var booked = givenBooked(asha, slot);
        var first = wait(vivek);
        wait(kiran);

        cancel(asha, booked.id());

        var offer = offerTo(first);
        assertThat(offer.getPatientId()).isEqualTo(vivek);
        assertThat(offer.getSlotId()).isEqualTo(slot);
        var lock = patient(vivek).get("/slot-locks/" + offer.getSlotLockId());
        assertThat(lock.text("reason")).isEqualTo("WAITLIST");
        assertThat(lock.text("status")).isEqualTo("ACTIVE");
        assertThat(Duration.between(offer.getOfferedAt(), Instant.parse(lock.text("expiresAt"))))
                .isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15));
        assertThat(statusOf(vivek, first)).isEqualTo("OFFERED");

        var confirmed = book(vivek, offer.getSlotLockId(), codeOf(offer.getSlotLockId()), null);

        assertThat(confirmed.status()).as(confirmed.toString()).isEqualTo(201);
        assertThat(statusOf(vivek, first)).isEqualTo("CONFIRMED");
        assertThat(entries(kiran).json().path("items").path(0).path("status").stringValue())
                .isEqualTo("WAITING");
        assertThat(probe.await(SlotLocked.class, one -> one.getSlotLockId().equals(offer.getSlotLockId()))
                        .getReason())
                .isEqualTo(LockReason.WAITLIST);
    }

    @Test
    void an_unanswered_offer_goes_to_the_next_and_a_declined_one_too() {
        var slot = givenSlots(1).getFirst();
        var lock = lock(asha, slot);
        var first = wait(vivek);
        var second = wait(kiran);
        var third = wait(UUID.randomUUID());

        patient(asha).delete("/slot-locks/" + lock.id());
        expire(offerTo(first).getSlotLockId(), slot);
        sweep();
        offerTo(second);
        patient(kiran).delete("/waitlist/" + second);
        offerTo(third);

        assertThat(statusOf(vivek, first)).isEqualTo("EXPIRED");
        assertThat(statusOf(kiran, second)).isEqualTo("LEFT");
    }

    @Test
    void nobody_is_offered_what_they_cannot_attend_or_did_not_ask_for() {
        var start = Instant.now().plus(Duration.ofDays(20));
        var slot = givenSlot(start, Mode.ONLINE);
        var booked = givenBooked(asha, slot);
        var elsewhere = UUID.randomUUID();
        publish(UUID.randomUUID(), List.of(offered(elsewhere, start.plus(Duration.ofMinutes(15)), Mode.ONLINE)));
        givenBooked(vivek, elsewhere);
        var busy = wait(vivek);
        var inPerson = wait(UUID.randomUUID(), "IN_PERSON", start.minusSeconds(60), start.plus(Duration.ofDays(1)));
        var tooLate =
                wait(UUID.randomUUID(), "ONLINE", start.plus(Duration.ofMinutes(1)), start.plus(Duration.ofDays(1)));
        var suits = wait(kiran, "ONLINE", start.minusSeconds(60), start.plus(Duration.ofMinutes(40)));

        cancel(asha, booked.id());

        assertThat(offerTo(suits).getPatientId()).isEqualTo(kiran);
        assertThat(probe.seen(WaitlistOffered.class))
                .extracting(WaitlistOffered::getWaitlistEntryId)
                .doesNotContain(busy, inPerson, tooLate);
    }

    @Test
    void a_newly_published_slot_is_offered_as_well() {
        var entry = wait(vivek);

        var slot = givenSlots(1).getFirst();
        sweep();

        assertThat(offerTo(entry).getSlotId()).isEqualTo(slot);
    }

    @Test
    void each_of_many_slots_freed_at_once_is_offered_to_one_and_each_patient_gets_one_offer() throws Exception {
        var slots = givenSlots(6);
        var booked = slots.stream()
                .map(slot -> {
                    var patient = UUID.randomUUID();
                    return new Booked(patient, givenBooked(patient, slot).id());
                })
                .toList();
        var waiting =
                IntStream.range(0, 6).mapToObj(n -> wait(UUID.randomUUID())).toList();

        atOnce(booked.stream()
                .<Callable<Answer>>map(one -> () -> cancel(one.patient(), one.appointment()))
                .toList());

        // A patient at the head of two lines is passed over by one of them for a moment.
        sweep();

        waiting.forEach(this::offerTo);
        var offers = probe.seen(WaitlistOffered.class).stream()
                .filter(offer -> slots.contains(offer.getSlotId()))
                .toList();
        assertThat(offers).extracting(WaitlistOffered::getSlotId).containsExactlyInAnyOrderElementsOf(slots);
        assertThat(offers).extracting(WaitlistOffered::getWaitlistEntryId).containsExactlyInAnyOrderElementsOf(waiting);
    }

    private record Booked(UUID patient, UUID appointment) {}

    @Test
    void joining_is_refused_for_what_makes_no_sense() {
        var from = Instant.now().plus(Duration.ofDays(3));
        var to = from.plus(Duration.ofDays(1));

        assertThat(join(vivek, UUID.randomUUID(), null, from, to).text("code")).isEqualTo("not-found");
        assertThat(join(vivek, doctor, null, to, from).text("code")).isEqualTo("validation-failed");
        assertThat(join(vivek, doctor, null, from, from.plus(Duration.ofDays(91)))
                        .text("code"))
                .isEqualTo("validation-failed");
        assertThat(join(
                                vivek,
                                doctor,
                                null,
                                Instant.now().minus(Duration.ofDays(2)),
                                Instant.now().minus(Duration.ofDays(1)))
                        .text("code"))
                .isEqualTo("validation-failed");
        assertThat(join(vivek, doctor, "BY_POST", from, to).text("code")).isEqualTo("malformed-request");
        assertThat(join(vivek, doctor, null, from, to).status()).isEqualTo(201);
        assertThat(join(vivek, doctor, null, from.plusSeconds(60), to).text("code"))
                .isEqualTo("already-waiting");
        for (int day = 1; day < 5; day++) {
            var later = from.plus(Duration.ofDays(2 * day));
            assertThat(join(vivek, doctor, null, later, later.plus(Duration.ofDays(1)))
                            .status())
                    .isEqualTo(201);
        }
        var sixth = from.plus(Duration.ofDays(30));
        assertThat(join(vivek, doctor, null, sixth, sixth.plus(Duration.ofDays(1)))
                        .text("code"))
                .isEqualTo("too-many-waitlist-entries");
        assertThat(entries(vivek).json().path("items")).hasSize(5);
    }

    @Test
    void places_in_line_are_their_patients_own() {
        var entry = wait(vivek);

        assertThat(patient(asha).delete("/waitlist/" + entry).status()).isEqualTo(404);
        assertThat(entries(asha).json().path("items")).isEmpty();
        assertThat(doctorsClient().get("/waitlist").text("code")).isEqualTo("forbidden");
        assertThat(patient(vivek).delete("/waitlist/" + entry).status()).isEqualTo(204);
        assertThat(patient(vivek).delete("/waitlist/" + entry).status()).isEqualTo(204);
        assertThat(statusOf(vivek, entry)).isEqualTo("LEFT");
    }

    private UUID wait(UUID patient) {
        return wait(
                patient,
                null,
                Instant.now().plus(Duration.ofDays(1)),
                Instant.now().plus(Duration.ofDays(30)));
    }

    private UUID wait(UUID patient, @Nullable String mode, Instant from, Instant to) {
        var joined = join(patient, doctor, mode, from, to);
        assertThat(joined.status()).as(joined.toString()).isEqualTo(201);
        return joined.id();
    }

    private Answer join(UUID patient, UUID doctorId, @Nullable String mode, Instant from, Instant to) {
        var wanted = mode == null ? "" : ",\"mode\":\"" + mode + '"';
        return patient(patient)
                .post(
                        "/waitlist",
                        "{\"doctorId\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"%s}".formatted(doctorId, from, to, wanted));
    }

    private Answer entries(UUID patient) {
        return patient(patient).get("/waitlist");
    }

    private String statusOf(UUID patient, UUID entry) {
        for (var item : entries(patient).json().path("items")) {
            if (item.path("id").stringValue().equals(entry.toString())) {
                return item.path("status").stringValue();
            }
        }
        throw new AssertionError("No entry " + entry);
    }

    private WaitlistOffered offerTo(UUID entry) {
        return probe.await(
                WaitlistOffered.class, offer -> offer.getWaitlistEntryId().equals(entry));
    }
}
