package com.amrutam.doctor.search;

import static com.amrutam.doctor.BookingEvents.locked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amrutam.doctor.Given;
import com.amrutam.doctor.OnTheRealStack;
import com.amrutam.doctor.Service;
import com.amrutam.localstack.junit.EventProbe;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTheRealStack
class SearchTest {
    private static final LocalDate TOMORROW = LocalDate.now(ZoneOffset.UTC).plusDays(1);

    private final Service service;
    private final Given given;
    /** A city of its own keeps each test's doctors apart. */
    private final String city = "City " + UUID.randomUUID();

    @Autowired
    SearchTest(Service service, Given given) {
        this.service = service;
        this.given = given;
    }

    @Test
    void a_doctor_is_found_with_the_next_free_slot_of_each_mode() {
        var id = given.doctor("city", city);
        service.put("/doctors/me/schedule", Service.doctor(id), """
                {"timeZone":"UTC","weekly":[],"exceptions":[
                    {"date":"%1$s","from":"09:00","to":"10:00","slotMinutes":30,"modes":["IN_PERSON"]},
                    {"date":"%1$s","from":"15:00","to":"16:00","slotMinutes":30,"modes":["ONLINE"]}]}
                """.formatted(TOMORROW))
                .ok();

        var found = search("specialization=PANCHAKARMA").path(0);

        assertThat(found.path("id").stringValue()).isEqualTo(id.toString());
        assertThat(start(found, "IN_PERSON")).isEqualTo(TOMORROW + "T09:00:00Z");
        assertThat(start(found, "ONLINE")).isEqualTo(TOMORROW + "T15:00:00Z");
        assertThat(found).isEqualTo(service.get("/doctors/" + id).ok());
        assertThat(found.path("registrationNumber").isMissingNode()).isTrue();
    }

    @Test
    void soonest_follows_booking_and_doctors_without_a_free_slot_come_last() {
        var early = given.doctorWorking("09:00", "09:30", "city", city);
        var late = given.doctorWorking("11:00", "12:00", "city", city);
        var never = given.doctor("city", city);
        var from = "from=" + TOMORROW + "T00:00:00Z";
        assertThat(ids(search(from))).containsExactly(early, late);
        assertThat(ids(search("sort=soonest"))).hasSize(3).endsWith(never);

        var slot = service.get("/doctors/" + early + "/slots?" + from)
                .ok()
                .path("items")
                .path(0);
        try (var probe = EventProbe.fromNow()) {
            probe.send(locked(slot, 2));
            await().untilAsserted(() -> assertThat(ids(search(from))).containsExactly(late, early));
        }
    }

    @Test
    void each_wish_narrows_the_list() {
        var online =
                given.doctorWorking("09:00", "10:00", "city", city, "languages", List.of("ta"), "fee", fee(30_000));
        var other = given.doctor("city", city, "specializations", List.of("DERMATOLOGY"), "fee", fee(70_000));
        given.unverifiedDoctor("city", city);

        assertThat(ids(search(""))).containsExactlyInAnyOrder(online, other);
        assertThat(ids(search("specialization=DERMATOLOGY"))).containsExactly(other);
        assertThat(ids(search("specialization=NONSENSE"))).isEmpty();
        assertThat(ids(search("language=ta"))).containsExactly(online);
        assertThat(ids(search("maxFee=30000"))).containsExactly(online);
        assertThat(ids(search("minFee=30001"))).containsExactly(other);
        assertThat(ids(search("minFee=30000&maxFee=70000"))).hasSize(2);
        assertThat(ids(search("from=&to="))).as("blank is absent").hasSize(2);
        assertThat(ids(search("to=" + TOMORROW.plusDays(1) + "T00:00:00Z"))).containsExactly(online);
        assertThat(ids(search("from=" + TOMORROW.plusDays(20) + "T00:00:00Z"))).isEmpty();
        assertThat(ids(search("mode=IN_PERSON&from=" + TOMORROW + "T00:00:00Z&to=" + TOMORROW + "T09:00:00Z")))
                .isEmpty();
        assertThat(ids(service.get("/doctors?city=" + encoded(city.toUpperCase(Locale.ROOT)))
                        .ok()
                        .path("items")))
                .hasSize(2);
    }

    @Test
    void a_mode_counts_only_slots_that_offer_it() {
        var id = given.doctor("city", city);
        service.put("/doctors/me/schedule", Service.doctor(id), Given.everyDay("09:00", "10:00", 5, "IN_PERSON"))
                .ok();
        var from = "from=" + TOMORROW + "T00:00:00Z";

        assertThat(ids(search("mode=IN_PERSON&" + from))).containsExactly(id);
        assertThat(ids(search("mode=ONLINE&" + from))).isEmpty();
        assertThat(ids(search("mode=ONLINE"))).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vasudha",
                "vasudha",
                "asud",
                "Vasuda",
                "Raghavan Vasudha",
                "panchkarma vasudha",
                "पंचकर्म",
                "Kayachikitsa"
            })
    void free_text_finds_parts_and_misspellings_of_names_and_specializations(String text) {
        var id = given.doctor("city", city, "name", "Dr. Vasudha Raghavan");
        given.doctor("city", city, "name", "Dr. Om Lal", "specializations", List.of("DERMATOLOGY"));

        assertThat(ids(search("q=" + encoded(text)))).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100%", "_", "\\", "'", "zzzzzz", "%' or true --"})
    void free_text_that_nobody_is_called_finds_nobody(String text) {
        given.doctor("city", city);

        assertThat(ids(search("q=" + encoded(text)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soonest", "rating", "experience", "fee"})
    void pages_hold_each_doctor_once_in_the_order_of_the_whole_list(String sort) {
        for (int number = 0; number < 7; number++) {
            var years = number / 2;
            if (number % 3 == 0) {
                given.doctorWorking("09:00", "10:00", "city", city, "experienceYears", years, "fee", fee(years));
            } else {
                given.doctor("city", city, "experienceYears", years, "fee", fee(years));
            }
        }
        var whole = ids(search("sort=" + sort));
        assertThat(whole).hasSize(7).doesNotHaveDuplicates();

        var paged = new ArrayList<UUID>();
        @Nullable String cursor = null;
        do {
            var path = "/doctors?limit=2&sort=" + sort + "&city=" + encoded(city)
                    + (cursor == null ? "" : "&cursor=" + cursor);
            var page = service.get(path).ok();
            paged.addAll(ids(page.path("items")));
            cursor = page.path("nextCursor").stringValue(null);
            if (paged.size() == 2) {
                // A doctor who arrives meanwhile moves nobody across a page.
                given.doctor("city", city, "experienceYears", 80, "fee", fee(0));
            }
        } while (cursor != null);

        assertThat(paged).containsSubsequence(whole).doesNotHaveDuplicates();
    }

    @Test
    void experience_and_rating_begin_with_the_most_and_fee_with_the_least() {
        var junior = given.doctor("city", city, "experienceYears", 1, "fee", fee(900));
        var senior = given.doctor("city", city, "experienceYears", 30, "fee", fee(1_000));

        assertThat(ids(search("sort=experience"))).containsExactly(senior, junior);
        assertThat(ids(search("sort=fee"))).containsExactly(junior, senior);
    }

    @Test
    void slots_come_in_pages_by_start() {
        var id = given.doctorWorking("09:00", "11:00");
        var path = "/doctors/" + id + "/slots?limit=3&from=" + TOMORROW + "T00:00:00Z&to=" + TOMORROW.plusDays(2)
                + "T00:00:00Z";

        var starts = new ArrayList<String>();
        var page = service.get(path).ok();
        while (true) {
            page.path("items").forEach(slot -> starts.add(slot.path("start").stringValue()));
            var cursor = page.path("nextCursor").stringValue(null);
            if (cursor == null) {
                break;
            }
            page = service.get(path + "&cursor=" + cursor).ok();
        }

        assertThat(starts).hasSize(8).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void the_slots_of_a_doctor_nobody_verified_are_not_shown() {
        var id = given.unverifiedDoctor();
        service.put("/doctors/me/schedule", Service.doctor(id), Given.everyDay("09:00", "10:00", 5))
                .ok();

        assertThat(service.get("/doctors/" + id + "/slots").status()).isEqualTo(404);
    }

    @Test
    void a_doctor_is_sent_again_only_when_something_shown_has_changed() {
        var id = given.doctorWorking("09:00", "10:00");
        var eTag = service.get("/doctors/" + id).header("ETag");

        assertThat(service.send("GET", "/doctors/" + id, null, null, "If-None-Match", eTag)
                        .status())
                .isEqualTo(304);
        service.put("/doctors/me/schedule", Service.doctor(id), Given.everyDay("10:00", "11:00", 5))
                .ok();
        assertThat(service.send("GET", "/doctors/" + id, null, null, "If-None-Match", eTag)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /doctors?mode=BY_POST                                           | 400 | malformed-request | mode
            /doctors?sort=cheapest                                          | 400 | malformed-request | sort
            /doctors?minFee=cheap                                           | 400 | malformed-request | minFee
            /doctors?minFee=-1                                              | 422 | validation-failed | minFee
            /doctors?minFee=5&maxFee=4                                      | 422 | validation-failed | maxFee
            /doctors?from=tomorrow                                          | 400 | malformed-request | from
            /doctors?from=%2B99999-01-01T00:00:00Z                          | 422 | validation-failed | from
            /doctors?from=2027-01-02T00:00:00Z&to=2027-01-01T00:00:00Z      | 422 | validation-failed | to
            /doctors?q=a%00b                                                | 422 | validation-failed | q
            /doctors?q=a+b+c+d+e+f+g+h+i                                    | 422 | validation-failed | q
            /doctors?city=a%00b                                             | 422 | validation-failed | city
            /doctors?limit=0                                                | 400 | malformed-request | limit
            /doctors?limit=101                                              | 400 | malformed-request | limit
            /doctors?cursor=xyz                                             | 400 | invalid-cursor    |
            /doctors?sort=fee&cursor=c29vbmVzdB8yMDI3LTAxLTAxVDAwOjAwOjAwWh8wMTkyMDAwMC0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDA | 400 | invalid-cursor |
            /doctors/ID/slots?mode=BY_POST                                  | 400 | malformed-request | mode
            /doctors/ID/slots?from=2027-01-01T00:00:00Z&to=2027-02-01T00:00:01Z | 422 | validation-failed | to
            /doctors/ID/slots?from=2027-01-01T00:00:00Z&to=2027-01-01T00:00:00Z | 422 | validation-failed | to
            /doctors/ID/slots?from=-1000000-01-01T00:00:00Z                 | 422 | validation-failed | from
            /doctors/ID/slots?cursor=xyz                                    | 400 | invalid-cursor    |
            """)
    void bad_wishes_are_refused_by_name(String path, int status, String code, @Nullable String field) {
        var answer = service.get(path.replace("ID", UUID.randomUUID().toString()));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.json().path("code").stringValue()).isEqualTo(code);
        assertThat(answer.json().path("errors").path(0).path("field").stringValue(null))
                .isEqualTo(field);
    }

    private JsonNode search(String wishes) {
        return service.get("/doctors?limit=100&city=" + encoded(city) + "&" + wishes)
                .ok()
                .path("items");
    }

    private static List<UUID> ids(JsonNode items) {
        return items.valueStream()
                .map(item -> UUID.fromString(item.path("id").stringValue()))
                .toList();
    }

    private static String start(JsonNode doctor, String mode) {
        return doctor.path("nextFreeSlot").path(mode).path("start").stringValue();
    }

    private static Map<String, Object> fee(int amount) {
        return Map.of("amount", amount, "currency", "INR");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
