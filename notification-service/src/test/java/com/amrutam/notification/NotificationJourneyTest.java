package com.amrutam.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.CancelledBy;
import com.amrutam.events.booking.LockReason;
import com.amrutam.events.booking.ReminderDue;
import com.amrutam.events.doctor.DoctorProfileChanged;
import com.amrutam.events.doctor.OfferedSlot;
import com.amrutam.events.identity.ContactChanged;
import com.amrutam.events.identity.UserErased;
import com.amrutam.events.notification.NotificationDelivered;
import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.Leftovers;
import com.amrutam.localstack.junit.LocalStack;
import com.amrutam.localstack.junit.TestIssuer;
import com.amrutam.notification.template.Kind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Without quiet hours, so that it makes no difference when it runs. */
@ExtendWith(LocalStack.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "amrutam.notification.quiet-hours.from=08:00")
@ActiveProfiles("local")
@DirtiesContext
class NotificationJourneyTest {
    private static final Instant START = Instant.parse("2049-01-15T04:30:00Z");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static EventProbe probe;

    @LocalServerPort
    private int port;

    private final CodeCipher cipher;
    private final JdbcClient jdbc;
    private final String phone = "+9198" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999);
    private final UUID patient = UUID.randomUUID();
    private final UUID doctor = UUID.randomUUID();

    @Autowired
    NotificationJourneyTest(CodeCipher cipher, JdbcClient jdbc) {
        this.cipher = cipher;
        this.jdbc = jdbc;
    }

    @BeforeAll
    static void listen() {
        Outside.stop();
        probe = EventProbe.fromNow();
    }

    @AfterAll
    static void hangUp() {
        probe.close();
    }

    @Test
    void a_login_code_reaches_the_phone_and_is_the_only_run_of_six_digits() {
        probe.send(loginCode("042137", Instant.now().plusSeconds(300)));

        var message = awaitMessage("LOGIN_CODE");

        var digits = Pattern.compile("\\d{6,}").matcher(message.path("text").stringValue());
        assertThat(digits.find()).isTrue();
        assertThat(digits.group()).isEqualTo("042137");
        assertThat(digits.find()).isFalse();
        assertThat(message.path("channel").stringValue()).isEqualTo("SMS");
        assertThat(message.path("to").stringValue()).isEqualTo(phone);
        assertThat(message.path("sentAt").stringValue()).endsWith("Z");
    }

    @Test
    void the_code_rests_nowhere_once_it_is_sent() {
        probe.send(loginCode("271828", Instant.now().plusSeconds(300)));
        awaitMessage("LOGIN_CODE");

        var row = jdbc.sql("select text, encrypted_code, state from message where recipient = ?")
                .param(phone)
                .query()
                .singleRow();

        assertThat(row.get("state")).isEqualTo("SENT");
        assertThat(row.get("encrypted_code")).isNull();
        assertThat(String.valueOf(row.get("text"))).contains("Amrutam").doesNotContain("271828");
    }

    @Test
    void a_booking_is_told_from_code_to_confirmation_to_cancellation() {
        probe.send(profile("Dr. Asha Nair", 1));
        deliver(contact(1));
        await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) from doctor where doctor_id = ?")
                        .param(doctor)
                        .query(Integer.class)
                        .single())
                .isOne());

        probe.send(bookingCode());
        assertThat(awaitMessage("BOOKING_CODE").path("text").stringValue())
                .startsWith("314159 confirms your appointment with Dr. Asha Nair on Friday, 15 January 2049, 10:00");

        probe.send(booked());
        assertThat(awaitMessage("APPOINTMENT_BOOKED").path("text").stringValue())
                .isEqualTo(
                        "Your appointment with Dr. Asha Nair is booked for Friday, 15 January 2049, 10:00 (online).");

        probe.send(cancelled());
        assertThat(awaitMessage("APPOINTMENT_CANCELLED").path("text").stringValue())
                .isEqualTo("Your appointment with Dr. Asha Nair on Friday, 15 January 2049, 10:00 is cancelled.");
    }

    @Test
    void a_moved_appointment_its_reminder_and_an_offer_are_told() {
        probe.send(profile("Dr. Asha Nair", 1));
        deliver(contact(1));
        await().untilAsserted(() -> assertThat(jdbc.sql("select count(*) from doctor where doctor_id = ?")
                        .param(doctor)
                        .query(Integer.class)
                        .single())
                .isOne());
        var appointment = UUID.randomUUID();

        probe.send(rescheduled(appointment, 2));
        assertThat(awaitMessage("APPOINTMENT_RESCHEDULED").path("text").stringValue())
                .isEqualTo(
                        "Your appointment with Dr. Asha Nair has moved from Thursday, 14 January 2049, 10:00 to Friday,"
                                + " 15 January 2049, 10:00.");

        probe.send(reminder(appointment, 2));
        assertThat(awaitMessage("APPOINTMENT_REMINDER").path("text").stringValue())
                .isEqualTo(
                        "Reminder: your appointment with Dr. Asha Nair is on Friday, 15 January 2049, 10:00 (online).");

        probe.send(com.amrutam.events.booking.OtpRequested.newBuilder(bookingCode())
                .setReason(LockReason.WAITLIST)
                .build());
        assertThat(awaitMessage("WAITLIST_OFFER").path("text").stringValue())
                .startsWith(
                        "A slot with Dr. Asha Nair is free for you on Friday, 15 January 2049, 10:00. 314159 confirms it");
    }

    @Test
    void what_is_no_longer_so_is_not_told_in_whatever_order_it_is_heard() {
        deliver(contact(1));
        var cancelled = cancelled();
        var appointment = cancelled.getAppointmentId();
        probe.send(cancelled);
        awaitMessage("APPOINTMENT_CANCELLED");

        var late = probe.send(reminder(appointment, 1));
        var later = probe.send(rescheduled(appointment, 1));
        var other = probe.send(reminder(UUID.randomUUID(), 1));

        awaitMessage("APPOINTMENT_REMINDER");
        await().until(() -> jdbc.sql("select count(*) from inbox_event where event_id in (:ids)")
                        .param("ids", List.of(late, later, other))
                        .query(Integer.class)
                        .single()
                == 3);
        assertThat(messages().findValuesAsString("kind"))
                .containsExactlyInAnyOrder("APPOINTMENT_CANCELLED", "APPOINTMENT_REMINDER");
        assertThat(jdbc.sql("select state || ' ' || reason from message where cause_event_id = ?")
                        .param(late)
                        .query(String.class)
                        .single())
                .isEqualTo("SUPPRESSED superseded");
    }

    @Test
    void a_patient_whose_doctor_cancelled_is_told_in_hindi_where_else_there_is_room() {
        deliver(ContactChanged.newBuilder(contact(1)).setLanguage("hi").build());

        probe.send(AppointmentCancelled.newBuilder(cancelled())
                .setCancelledBy(CancelledBy.DOCTOR)
                .setAlternatives(List.of(
                        new OfferedSlot(
                                UUID.randomUUID(),
                                START.plusSeconds(3600),
                                START.plusSeconds(5400),
                                List.of(Mode.ONLINE)),
                        new OfferedSlot(
                                UUID.randomUUID(),
                                START.plusSeconds(7200),
                                START.plusSeconds(9000),
                                List.of(Mode.ONLINE))))
                .build());

        assertThat(awaitMessage("APPOINTMENT_CANCELLED").path("text").stringValue())
                .isEqualTo(
                        "आपके डॉक्टर के साथ शुक्रवार, 15 जनवरी 2049, 10:00 की आपकी अपॉइंटमेंट रद्द हो गई है।"
                                + " इन्हीं डॉक्टर के अन्य उपलब्ध समय: शुक्रवार, 15 जनवरी 2049, 11:00; शुक्रवार, 15 जनवरी 2049, 12:00।");
    }

    @Test
    void a_redelivered_event_and_one_published_again_give_one_message() {
        deliver(contact(1));
        var eventId = UUID.randomUUID();
        probe.send(eventId, booked());
        awaitMessage("APPOINTMENT_BOOKED");
        jdbc.sql("delete from inbox_event where event_id = ?").param(eventId).update();

        probe.send(eventId, booked());
        var later = probe.send(cancelled());
        probe.await(
                NotificationDelivered.class, event -> event.getCauseEventId().equals(later));

        assertThat(messages().findValuesAsString("kind"))
                .containsExactly("APPOINTMENT_CANCELLED", "APPOINTMENT_BOOKED");
        assertThat(probe.seen(NotificationDelivered.class))
                .filteredOn(event -> event.getCauseEventId().equals(eventId))
                .hasSize(1);
    }

    @Test
    void what_became_of_a_message_is_told_in_the_trace_of_the_event_it_was_about() {
        deliver(contact(1));

        var cause = probe.send(booked());

        probe.await(
                NotificationDelivered.class, event -> event.getCauseEventId().equals(cause));
        assertThat(probe.arrivals())
                .filteredOn(arrival -> arrival.event() instanceof NotificationDelivered event
                        && event.getCauseEventId().equals(cause))
                .isNotEmpty()
                .allSatisfy(arrival -> assertThat(arrival.headers().get("traceparent"))
                        .startsWith("00-" + cause.toString().replace("-", "")));
    }

    @Test
    void a_booking_code_waits_for_a_contact_card_that_comes_late() {
        probe.send(bookingCode());
        probe.send(contact(1));

        assertThat(awaitMessage("BOOKING_CODE").path("text").stringValue()).contains("your doctor");
    }

    @Test
    void a_stale_contact_card_does_not_replace_a_newer_one() {
        deliver(contact(3));
        var stale = contact(2);
        probe.send(ContactChanged.newBuilder(stale).setPhone("+919800000000").build());
        probe.send(booked());

        assertThat(awaitMessage("APPOINTMENT_BOOKED").path("to").stringValue()).isEqualTo(phone);
    }

    @Test
    void every_text_in_every_language_can_be_looked_at() {
        var page = get("/dev/templates", null);

        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
        for (var kind : Kind.values()) {
            assertThat(page.body()).contains("id=\"" + kind + ".en\"").contains("id=\"" + kind + ".hi\"");
        }
        assertThat(page.body()).contains("GSM_7, ").contains("UCS_2, ").contains("याद दिला दें");
        assertThat(get("/dev/templates/APPOINTMENT_BOOKED/hi", null).body())
                .startsWith("<!doctype html>")
                .contains("<html lang=\"hi\">")
                .contains("Dr. Meera Joshi");
    }

    @Test
    void a_plus_may_be_escaped_or_not() {
        probe.send(loginCode("577215", Instant.now().plusSeconds(300)));
        awaitMessage("LOGIN_CODE");

        assertThat(messages("%2B" + phone.substring(1)))
                .isEqualTo(messages(phone))
                .hasSize(1);
    }

    @Test
    void a_code_that_would_come_too_late_is_not_sent() {
        var tooLate = loginCode("999999", Instant.now().minusSeconds(1));
        probe.send(tooLate);
        probe.send(loginCode("123123", Instant.now().plusSeconds(300)));
        awaitMessage("LOGIN_CODE");

        await().untilAsserted(() -> assertThat(jdbc.sql("select reason from message where code_subject = ?")
                        .param(tooLate.getChallengeId())
                        .query(String.class)
                        .single())
                .isEqualTo("expired"));
        assertThat(messages().toString()).doesNotContain("999999");
    }

    @Test
    void who_has_an_address_is_written_to_there_as_well() {
        var email = "asha+" + patient + "@example.com";
        deliver(ContactChanged.newBuilder(contact(1)).setEmail(email).build());
        probe.send(booked());

        var text = awaitMessage("APPOINTMENT_BOOKED").path("text").stringValue();
        await().until(() -> !messages(email).isEmpty());
        var mail = messages(email).get(0);
        assertThat(mail.path("channel").stringValue()).isEqualTo("EMAIL");
        assertThat(mail.path("text").stringValue()).isEqualTo(text);
    }

    @Test
    void who_was_erased_leaves_nothing_is_told_nothing_and_does_not_come_back() {
        deliver(contact(1));
        probe.send(loginCode("161803", Instant.now().plusSeconds(300)));
        probe.send(booked());
        awaitMessage("LOGIN_CODE");
        awaitMessage("APPOINTMENT_BOOKED");

        probe.send(UserErased.newBuilder()
                .setUserId(patient)
                .setErasedAt(Instant.now())
                .build());
        await().untilAsserted(() -> assertThat(rowsHolding(phone)).isZero());
        // The local stack's stand-in for phones is the phones': what has arrived there is not ours to take back.
        assertThat(Leftovers.of("notification", phone)).allMatch(place -> place.startsWith("kept_message"));
        var lateCard = probe.send(contact(2));
        var lateNews = probe.send(cancelled());

        await().until(() -> isHandled(lateCard) && isHandled(lateNews));
        assertThat(jdbc.sql("select count(*) from contact where user_id = ?")
                        .param(patient)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select count(*) from message where user_id = ?")
                        .param(patient)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    /** Sends an event and waits until the service has taken it in. */
    private void deliver(SpecificRecord event) {
        var id = probe.send(event);
        await().until(() -> isHandled(id));
    }

    private boolean isHandled(UUID eventId) {
        return jdbc.sql("select exists (select from inbox_event where event_id = ?)")
                .param(eventId)
                .query(Boolean.class)
                .single();
    }

    private int rowsHolding(String phoneNumber) {
        return jdbc.sql("""
                        select (select count(*) from contact where phone = :phone)
                             + (select count(*) from message where recipient = :phone)""").param("phone", phoneNumber).query(Integer.class).single();
    }

    @Test
    void everyone_sees_only_their_own_messages() {
        deliver(contact(1));
        probe.send(booked());
        probe.send(bookingCode());
        awaitMessage("APPOINTMENT_BOOKED");
        awaitMessage("BOOKING_CODE");

        var mine = get("/api/v1/notifications?limit=1", TestIssuer.token(patient, "PATIENT"));
        var rest = get(
                "/api/v1/notifications?cursor=" + json(mine).path("nextCursor").stringValue(),
                TestIssuer.token(patient, "PATIENT"));
        var others = get("/api/v1/notifications", TestIssuer.token(UUID.randomUUID(), "PATIENT"));

        assertThat(json(mine).path("items")).hasSize(1);
        assertThat(json(rest).path("items")).hasSize(1);
        assertThat(json(others).path("items")).isEmpty();
        assertThat(mine.body() + rest.body()).doesNotContain("314159").doesNotContain(phone);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/notifications?limit=0, PATIENT, 400, malformed-request",
        "/api/v1/notifications?cursor=bm90LWEtdXVpZA, PATIENT, 400, invalid-cursor",
        "/api/v1/notifications, , 401, unauthenticated",
        "/dev/messages, , 400, malformed-request",
        "/api/v1/nothing, PATIENT, 404, not-found"
    })
    void bad_input_gets_the_right_problem(String path, @Nullable String role, int status, String code) {
        var answer = get(path, role == null ? null : TestIssuer.token(patient, role));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("code").stringValue()).isEqualTo(code);
    }

    private com.amrutam.events.identity.OtpRequested loginCode(String code, Instant expiresAt) {
        var challenge = UUID.randomUUID();
        return com.amrutam.events.identity.OtpRequested.newBuilder()
                .setChallengeId(challenge)
                .setPhone(phone)
                .setEncryptedCode(ByteBuffer.wrap(cipher.encrypt(challenge, code)))
                .setExpiresAt(expiresAt)
                .setRequestedAt(Instant.now())
                .build();
    }

    private com.amrutam.events.booking.OtpRequested bookingCode() {
        var lock = UUID.randomUUID();
        return com.amrutam.events.booking.OtpRequested.newBuilder()
                .setSlotLockId(lock)
                .setPatientId(patient)
                .setDoctorId(doctor)
                .setEncryptedCode(ByteBuffer.wrap(cipher.encrypt(lock, "314159")))
                .setReason(LockReason.PATIENT)
                .setStart(START)
                .setExpiresAt(Instant.now().plusSeconds(300))
                .setRequestedAt(Instant.now())
                .build();
    }

    private ContactChanged contact(int version) {
        return ContactChanged.newBuilder()
                .setUserId(patient)
                .setPhone(phone)
                .setVersion(version)
                .setChangedAt(Instant.now())
                .build();
    }

    private DoctorProfileChanged profile(String name, int version) {
        return DoctorProfileChanged.newBuilder()
                .setDoctorId(doctor)
                .setVersion(version)
                .setName(name)
                .setSpecializations(List.of("PANCHAKARMA"))
                .setLanguages(List.of("en"))
                .setCity("Kochi")
                .setModes(List.of(Mode.ONLINE))
                .setFee(new com.amrutam.events.Money(50_000L, "INR"))
                .setExperienceYears(9)
                .setVerified(true)
                .setChangedAt(Instant.now())
                .build();
    }

    private AppointmentBooked booked() {
        return AppointmentBooked.newBuilder()
                .setAppointmentId(UUID.randomUUID())
                .setAppointmentVersion(1)
                .setSlotId(UUID.randomUUID())
                .setSlotVersion(3)
                .setDoctorId(doctor)
                .setPatientId(patient)
                .setMode(Mode.ONLINE)
                .setStart(START)
                .setEnd(START.plus(Duration.ofMinutes(30)))
                .setBookedAt(Instant.now())
                .build();
    }

    private AppointmentRescheduled rescheduled(UUID appointment, int version) {
        return AppointmentRescheduled.newBuilder()
                .setAppointmentId(appointment)
                .setAppointmentVersion(version)
                .setSlotId(UUID.randomUUID())
                .setSlotVersion(2)
                .setPreviousSlotId(UUID.randomUUID())
                .setPreviousSlotVersion(4)
                .setDoctorId(doctor)
                .setPatientId(patient)
                .setMode(Mode.ONLINE)
                .setStart(START)
                .setEnd(START.plus(Duration.ofMinutes(30)))
                .setPreviousStart(START.minus(Duration.ofDays(1)))
                .setRescheduledAt(Instant.now())
                .build();
    }

    private ReminderDue reminder(UUID appointment, int version) {
        return ReminderDue.newBuilder()
                .setAppointmentId(appointment)
                .setAppointmentVersion(version)
                .setDoctorId(doctor)
                .setPatientId(patient)
                .setMode(Mode.ONLINE)
                .setStart(START)
                .setOffsetMinutes(1440)
                .setDueAt(Instant.now())
                .build();
    }

    private AppointmentCancelled cancelled() {
        return AppointmentCancelled.newBuilder()
                .setAppointmentId(UUID.randomUUID())
                .setAppointmentVersion(2)
                .setSlotId(UUID.randomUUID())
                .setSlotVersion(4)
                .setDoctorId(doctor)
                .setPatientId(patient)
                .setMode(Mode.ONLINE)
                .setStart(START)
                .setEnd(START.plus(Duration.ofMinutes(30)))
                .setCancelledBy(CancelledBy.PATIENT)
                .setCancelledAt(Instant.now())
                .build();
    }

    private JsonNode awaitMessage(String kind) {
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> messages()
                                .valueStream()
                                .filter(message ->
                                        message.path("kind").stringValue().equals(kind))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private JsonNode messages() {
        return messages(phone);
    }

    private JsonNode messages(String to) {
        return json(get("/dev/messages?to=" + to, null)).path("items");
    }

    private HttpResponse<String> get(String path, @Nullable String token) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }
}
