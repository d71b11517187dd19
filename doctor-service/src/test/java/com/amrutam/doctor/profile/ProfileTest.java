package com.amrutam.doctor.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.doctor.Given;
import com.amrutam.doctor.OnTheRealStack;
import com.amrutam.doctor.Service;
import com.amrutam.events.Mode;
import com.amrutam.events.booking.AppointmentReviewed;
import com.amrutam.events.doctor.DoctorProfileChanged;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.TestIssuer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@OnTheRealStack
class ProfileTest {
    private static EventProbe probe;

    private final Service service;
    private final Given given;

    @Autowired
    ProfileTest(Service service, Given given) {
        this.service = service;
        this.given = given;
    }

    @BeforeAll
    static void listen() {
        probe = EventProbe.fromNow();
    }

    @AfterAll
    static void hangUp() {
        probe.close();
    }

    @Test
    void a_profile_is_seen_by_others_once_an_administrator_has_verified_it() {
        var id = given.unverifiedDoctor("photoUrl", "https://example.org/asha.jpg");
        assertThat(service.get("/doctors/" + id).status()).isEqualTo(404);
        assertThat(service.get("/doctors/me", Service.doctor(id))
                        .ok()
                        .path("verified")
                        .booleanValue())
                .isFalse();

        var verified = service.post("/admin/doctors/" + id + "/verify", Service.administrator());

        assertThat(verified.ok().path("verified").booleanValue()).isTrue();
        assertThat(verified.header("ETag")).isEqualTo("\"2\"");
        var seen = service.get("/doctors/" + id).ok();
        assertThat(seen.propertyNames())
                .containsExactlyInAnyOrder(
                        "id",
                        "name",
                        "specializations",
                        "languages",
                        "city",
                        "modes",
                        "fee",
                        "experienceYears",
                        "rating",
                        "reviewCount",
                        "photoUrl",
                        "verified",
                        "nextFreeSlot");
        assertThat(seen.path("fee").toString()).isEqualTo("{\"amount\":50000,\"currency\":\"INR\"}");
        assertThat(seen.path("modes").toString()).isEqualTo("[\"ONLINE\",\"IN_PERSON\"]");
        var event = probe.await(DoctorProfileChanged.class, changed -> is(changed, id) && changed.getVersion() == 2);
        assertThat(event.getVerified()).isTrue();
        assertThat(event.getName()).isEqualTo("Dr. Asha Nair");
        assertThat(event.getSpecializations()).containsExactly("PANCHAKARMA", "KAYACHIKITSA");
        assertThat(event.getModes()).containsExactly(Mode.ONLINE, Mode.IN_PERSON);
        assertThat(event.getFee().getAmount()).isEqualTo(50_000);
        assertThat(versions(id)).containsExactly(1, 2);
    }

    @Test
    void a_new_name_has_to_be_verified_again_and_a_new_fee_has_not() {
        var id = given.doctor();
        var token = Service.doctor(id);

        var dearer =
                service.put("/doctors/me", token, Given.profile("fee", Map.of("amount", 60_000, "currency", "INR")));
        assertThat(dearer.ok().path("verified").booleanValue()).isTrue();

        var renamed = service.put("/doctors/me", token, Given.profile("name", "Dr. Asha Menon"));
        assertThat(renamed.ok().path("verified").booleanValue()).isFalse();
        assertThat(service.get("/doctors/" + id).status()).isEqualTo(404);
        var event = probe.await(DoctorProfileChanged.class, changed -> is(changed, id) && changed.getVersion() == 4);
        assertThat(event.getVerified()).isFalse();
    }

    @Test
    void the_same_profile_again_changes_nothing() {
        var id = given.unverifiedDoctor();

        var again = service.put("/doctors/me", Service.doctor(id), Given.profile());

        assertThat(again.ok().path("id").stringValue()).isEqualTo(id.toString());
        assertThat(again.header("ETag")).isEqualTo("\"1\"");
        service.put("/doctors/me", Service.doctor(id), Given.profile("city", "Pune"))
                .ok();
        probe.await(DoctorProfileChanged.class, changed -> is(changed, id) && changed.getVersion() == 2);
        assertThat(versions(id)).containsExactly(1, 2);
    }

    @Test
    void a_change_of_what_somebody_else_changed_meanwhile_is_refused() {
        var id = given.unverifiedDoctor();
        var token = Service.doctor(id);

        var first = service.put("/doctors/me", token, Given.profile("city", "Pune"), "If-Match", "\"1\"");
        var second = service.put("/doctors/me", token, Given.profile("city", "Goa"), "If-Match", "\"1\"");
        var verification =
                service.post("/admin/doctors/" + id + "/verify", Service.administrator(), "If-Match", "\"1\"");

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(412);
        assertThat(second.json().path("code").stringValue()).isEqualTo("precondition-failed");
        assertThat(verification.status()).isEqualTo(412);
        assertThat(service.get("/doctors/me", token).ok().path("city").stringValue())
                .isEqualTo("Pune");
    }

    @Test
    void a_mode_cannot_go_while_slots_offer_it() {
        var id = given.doctorWorking("09:00", "10:00");

        var refused = service.put("/doctors/me", Service.doctor(id), Given.profile("modes", List.of("ONLINE")));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().path("errors").path(0).path("field").stringValue())
                .isEqualTo("modes");
    }

    @Test
    void reviews_make_the_rating_and_each_counts_once() {
        var id = given.doctor();
        var five = review(id, 5);
        var eventId = probe.send(five);
        probe.send(eventId, five);
        probe.send(review(id, 4));
        probe.send(review(id, 4));

        await().until(() ->
                service.get("/doctors/" + id).ok().path("reviewCount").intValue() == 3);
        assertThat(service.get("/doctors/" + id).ok().path("rating").doubleValue())
                .isEqualTo(4.33);
    }

    @Test
    void specializations_begin_with_ayurveda_and_count_verified_doctors() {
        given.unverifiedDoctor("specializations", List.of("AGADA_TANTRA"));
        var before = doctorsWith("AGADA_TANTRA");

        given.doctor("specializations", List.of("AGADA_TANTRA"));

        assertThat(doctorsWith("AGADA_TANTRA")).isEqualTo(before + 1);
        var all = service.get("/specializations").ok();
        assertThat(all.path("items").path(0).path("code").stringValue()).isEqualTo("KAYACHIKITSA");
        assertThat(all.path("items").path(1).path("names").path("hi").stringValue())
                .isEqualTo("पंचकर्म");
        assertThat(all.path("nextCursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            PUT  | /doctors/me                  | -                   | 401 | unauthenticated
            PUT  | /doctors/me                  | PATIENT             | 403 | forbidden
            PUT  | /doctors/me                  | ADMIN               | 403 | forbidden
            GET  | /doctors/me                  | PATIENT             | 403 | forbidden
            GET  | /doctors/me                  | DOCTOR              | 404 | not-found
            POST | /admin/doctors/%s/verify     | DOCTOR              | 403 | forbidden
            POST | /admin/doctors/%s/verify     | -                   | 401 | unauthenticated
            POST | /admin/doctors/%s/verify     | ADMIN               | 404 | not-found
            POST | /admin/doctors/asha/verify   | ADMIN               | 400 | malformed-request
            GET  | /doctors/%s                  | -                   | 404 | not-found
            GET  | /doctors/asha                | -                   | 400 | malformed-request
            DELETE | /doctors/%s                | PATIENT             | 405 | method-not-allowed
            GET  | /doctors/%s/nothing          | PATIENT             | 404 | not-found
            """)
    void the_wrong_person_or_place_gets_the_right_problem(
            String method, String path, @Nullable String role, int status, String code) {
        var token = role == null ? null : TestIssuer.token(UUID.randomUUID(), role);

        var answer = service.send(
                method, path.formatted(UUID.randomUUID()), token, method.equals("PUT") ? Given.profile() : null);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().path("code").stringValue()).isEqualTo(code);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "name": ""                                       | 422 | name
            "name": "   "                                    | 422 | name
            "name": "Asha\\u0000"                            | 422 | name
            "name": null                                     | 422 | name
            "name": 7                                        | 400 | name
            "specializations": []                            | 422 | specializations
            "specializations": ["PANCHAKARMA", "ASTROLOGY"]  | 422 | specializations[1]
            "specializations": [null]                        | 422 | specializations[0]
            "specializations": "PANCHAKARMA"                 | 400 | specializations
            "languages": ["hi", "klingon"]                   | 422 | languages[1]
            "modes": []                                      | 422 | modes
            "modes": ["BY_POST"]                             | 400 | modes[0]
            "modes": [0]                                     | 400 | modes[0]
            "fee": null                                      | 422 | fee
            "fee": {"amount": -1, "currency": "INR"}         | 422 | fee.amount
            "fee": {"amount": 1.5, "currency": "INR"}        | 400 | fee.amount
            "fee": {"amount": 1, "currency": "EUR"}          | 422 | fee.currency
            "fee": {"amount": 1}                             | 422 | fee.currency
            "experienceYears": "12"                          | 400 | experienceYears
            "experienceYears": 99999999999                   | 400 |
            "experienceYears": 81                            | 422 | experienceYears
            "photoUrl": "javascript:alert(1)"                | 422 | photoUrl
            "verified": true                                 | 400 | verified
            "id": "x"                                        | 400 | id
            """)
    void bad_input_is_refused_by_its_field(String member, int status, @Nullable String field) {
        var id = UUID.randomUUID();
        var body = Given.profile();
        var name = member.substring(0, member.indexOf(':'));
        var bad = body.contains(name)
                ? body.replaceFirst(name + ":(\"[^\"]*\"|\\[[^]]*]|\\{[^}]*}|\\d+)", Matcher.quoteReplacement(member))
                : body.replaceFirst("\\{", "{" + Matcher.quoteReplacement(member) + ",");

        var answer = service.put("/doctors/me", Service.doctor(id), bad);

        assertThat(answer.status()).as("%s %s", bad, answer).isEqualTo(status);
        assertThat(answer.json().path("code").stringValue())
                .isEqualTo(status == 422 ? "validation-failed" : "malformed-request");
        assertThat(answer.json().path("errors").path(0).path("field").stringValue(null))
                .isEqualTo(field);
        assertThat(service.get("/doctors/me", Service.doctor(id)).status()).isEqualTo(404);
    }

    private int doctorsWith(String specialization) {
        for (var item : service.get("/specializations").ok().path("items")) {
            if (item.path("code").stringValue().equals(specialization)) {
                return item.path("doctors").intValue();
            }
        }
        throw new AssertionError(specialization + " is not on the list");
    }

    private static List<Integer> versions(UUID id) {
        return probe.seen(DoctorProfileChanged.class).stream()
                .filter(event -> is(event, id))
                .map(DoctorProfileChanged::getVersion)
                .toList();
    }

    private static boolean is(DoctorProfileChanged event, UUID id) {
        return event.getDoctorId().equals(id);
    }

    private static AppointmentReviewed review(UUID doctorId, int rating) {
        return AppointmentReviewed.newBuilder()
                .setReviewId(UUID.randomUUID())
                .setAppointmentId(UUID.randomUUID())
                .setDoctorId(doctorId)
                .setPatientId(UUID.randomUUID())
                .setRating(rating)
                .setReviewedAt(Instant.now())
                .build();
    }
}
