package com.amrutam.doctor.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.doctor.BookingEvents;
import com.amrutam.doctor.Given;
import com.amrutam.doctor.OnTheRealStack;
import com.amrutam.doctor.Service;
import com.amrutam.events.doctor.OfferedSlot;
import com.amrutam.events.doctor.SlotsPublished;
import com.amrutam.events.doctor.SlotsWithdrawn;
import com.amrutam.localstack.junit.EventProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

@OnTheRealStack
class ScheduleTest {
    private static EventProbe probe;

    private final Service service;
    private final Given given;
    private final RollForward rollForward;

    @Autowired
    ScheduleTest(Service service, Given given, RollForward rollForward) {
        this.service = service;
        this.given = given;
        this.rollForward = rollForward;
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
    void a_schedule_becomes_slots_told_in_chunks_and_the_same_one_again_changes_nothing() {
        var id = given.doctor();

        // 48 slots a day; today's are partly over.
        var first = put(id, Given.everyDay("00:00", "24:00", 30));

        int published = first.path("published").intValue();
        assertThat(published).isBetween(29 * 48, 30 * 48);
        assertThat(first.path("withdrawn").intValue()).isZero();
        assertThat(first.path("conflicts").isEmpty()).isTrue();
        Awaitility.await().until(() -> publishedBy(id).size() == published);
        assertThat(chunksOf(id))
                .allSatisfy(chunk -> assertThat(chunk.getSlots())
                        .hasSizeLessThanOrEqualTo(500)
                        .isSortedAccordingTo(Comparator.comparing(OfferedSlot::getStart)));

        var again = put(id, Given.everyDay("00:00", "24:00", 30));

        assertThat(again.path("published").intValue()).isZero();
        assertThat(again.path("withdrawn").intValue()).isZero();
        var online = put(id, Given.everyDay("00:00", "24:00", 30, "ONLINE"));
        int withdrawn = online.path("withdrawn").intValue();
        assertThat(withdrawn).isBetween(29 * 48, published);
        Awaitility.await().until(() -> withdrawnBy(id).size() == withdrawn);
        Awaitility.await().until(() -> publishedBy(id).size() == published + withdrawn);
    }

    @Test
    void a_schedule_is_shown_as_it_was_put_and_can_be_put_as_it_is_shown() {
        var id = given.doctor();
        var body = """
                {"timeZone":"Asia/Kolkata",
                 "weekly":[{"day":"MONDAY","from":"09:00","to":"13:00","slotMinutes":20,"bufferMinutes":5,"modes":["ONLINE"]},
                           {"day":"MONDAY","from":"17:00","to":"24:00","slotMinutes":30,"bufferMinutes":0,"modes":["ONLINE","IN_PERSON"]}],
                 "exceptions":[{"date":"2026-12-25","closed":true},
                               {"date":"2026-12-26","from":"10:00","to":"12:00","slotMinutes":30,"bufferMinutes":0,"modes":["ONLINE"]}],
                 "horizonDays":45,"minimumNoticeMinutes":120}""";
        put(id, body);

        var shown = service.get("/doctors/me/schedule", Service.doctor(id));

        assertThat(shown.ok().toString()).isEqualTo(body.replaceAll("\\n *", ""));
        assertThat(shown.header("ETag")).isEqualTo("\"1\"");
        var again = put(id, shown.json().toString());
        assertThat(again.path("published").intValue()).isZero();
        assertThat(again.path("withdrawn").intValue()).isZero();
    }

    @Test
    void booked_slots_that_no_longer_fit_are_conflicts_and_nothing_new_lies_over_them() {
        var id = given.doctorWorking("10:00", "12:00");
        var tomorrow = LocalDate.now(ZoneOffset.UTC).plusDays(1);
        var slots = freeOn(id, tomorrow);
        assertThat(slots).hasSize(4);
        var booked = UUID.fromString(slots.get(1).path("id").stringValue());
        probe.send(BookingEvents.booked(slots.get(1), 3));
        Awaitility.await().until(() -> freeOn(id, tomorrow).size() == 3);

        // The grid moves by a quarter of an hour: 10:15, 10:45, 11:15; the booked one is 10:30 to 11:00.
        var changed = put(id, Given.everyDay("10:15", "12:00", 5));

        assertThat(changed.path("conflicts").size()).isEqualTo(1);
        assertThat(changed.path("conflicts").path(0).path("id").stringValue()).isEqualTo(booked.toString());
        assertThat(changed.path("conflicts").path(0).path("start").stringValue())
                .isEqualTo(tomorrow + "T10:30:00Z");
        assertThat(freeOn(id, tomorrow))
                .extracting(slot -> slot.path("start").stringValue())
                .containsExactly(tomorrow + "T11:15:00Z");
        assertThat(withdrawnBy(id)).doesNotContain(booked);
    }

    @Test
    void the_horizon_moves_on_with_the_days_by_itself_and_once() {
        var id = given.doctorWorking("10:00", "11:00");
        var tomorrow = Instant.now().plus(Duration.ofDays(1));
        var lastDay = LocalDate.now(ZoneOffset.UTC).plusDays(5);
        assertThat(freeOn(id, lastDay)).isEmpty();

        rollForward.rollDue(tomorrow);
        assertThat(freeOn(id, lastDay)).hasSize(2);
        var before = publishedBy(id).size();
        rollForward.rollDue(tomorrow);

        assertThat(freeOn(id, lastDay)).hasSize(2);
        put(id, Given.everyDay("10:00", "11:00", 7));
        Awaitility.await().until(() -> publishedBy(id).size() > before);
        assertThat(publishedBy(id)).extracting(OfferedSlot::getStart).doesNotHaveDuplicates();
    }

    @Test
    void slots_long_past_are_forgotten() {
        var id = given.doctorWorking("10:00", "11:00");
        assertThat(freeOn(id, LocalDate.now(ZoneOffset.UTC).plusDays(1))).hasSize(2);

        rollForward.rollDue(Instant.now().plus(Duration.ofDays(10)));

        assertThat(freeOn(id, LocalDate.now(ZoneOffset.UTC).plusDays(1))).isEmpty();
        assertThat(freeOn(id, LocalDate.now(ZoneOffset.UTC).plusDays(12))).hasSize(2);
    }

    @Test
    void the_minimum_notice_hides_what_is_too_near_and_travels_with_the_slots() {
        var id = given.doctor();
        var body = Given.everyDay("00:00", "24:00", 5).replaceFirst("\\{", "{\"minimumNoticeMinutes\":2880,");

        put(id, body);

        var first = service.get("/doctors/" + id + "/slots").ok().path("items").path(0);
        assertThat(Instant.parse(first.path("start").stringValue()))
                .isAfter(Instant.now().plus(Duration.ofHours(47)));
        assertThat(probe.await(
                                SlotsPublished.class,
                                event -> event.getDoctorId().equals(id))
                        .getMinimumNoticeMinutes())
                .isEqualTo(2880);
    }

    @Test
    void a_schedule_needs_a_profile_its_modes_and_the_version_that_was_read() {
        var nobody = UUID.randomUUID();
        var early = service.put("/doctors/me/schedule", Service.doctor(nobody), Given.everyDay("09:00", "10:00", 5));
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.json().path("code").stringValue()).isEqualTo("profile-missing");
        assertThat(service.get("/doctors/me/schedule", Service.doctor(nobody)).status())
                .isEqualTo(404);

        var id = given.unverifiedDoctor("modes", List.of("ONLINE"));
        var wrong = service.put("/doctors/me/schedule", Service.doctor(id), Given.everyDay("09:00", "10:00", 5));
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().path("errors").path(6).path("field").stringValue())
                .isEqualTo("weekly[6].modes");

        var online = Given.everyDay("09:00", "10:00", 5, "ONLINE");
        put(id, online);
        assertThat(service.put(
                                "/doctors/me/schedule",
                                Service.doctor(id),
                                Given.everyDay("09:00", "11:00", 5, "ONLINE"),
                                "If-Match",
                                "\"7\"")
                        .status())
                .isEqualTo(412);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            "timeZone":"Asia/Atlantis"                                   | 422 | timeZone
            "timeZone":"+05:30"                                          | 422 | timeZone
            "timeZone":null                                              | 422 | timeZone
            "weekly":null                                                | 422 | weekly
            "weekly":[null]                                              | 422 | weekly[0]
            "weekly":[{}]                                                | 422 | weekly[0]
            "weekly":[@"from":"9:00"]                                    | 422 | weekly[0].from
            "weekly":[@"from":"24:00"]                                   | 422 | weekly[0].from
            "weekly":[@"to":"24:30"]                                     | 422 | weekly[0].to
            "weekly":[@"to":"09:00"]                                     | 422 | weekly[0].to
            "weekly":[@"to":"08:00"]                                     | 422 | weekly[0].to
            "weekly":[@"slotMinutes":241]                                | 422 | weekly[0].slotMinutes
            "weekly":[@"slotMinutes":0]                                  | 422 | weekly[0].slotMinutes
            "weekly":[@"slotMinutes":1]                                  | 422 | weekly[0].slotMinutes
            "weekly":[@"slotMinutes":"30"]                               | 400 | weekly[0].slotMinutes
            "weekly":[@"bufferMinutes":-1]                               | 422 | weekly[0].bufferMinutes
            "weekly":[@"modes":[]]                                       | 422 | weekly[0].modes
            "weekly":[@"day":"FUNDAY"]                                   | 400 | weekly[0].day
            "weekly":[@"day":1]                                          | 400 | weekly[0].day
            "weekly":[@"day":"MONDAY",@"day":"MONDAY"]                   | 422 | weekly[1]
            "weekly":[@"colour":"red"]                                   | 400 | weekly[0].colour
            "exceptions":[{"date":"2026-02-30","closed":true}]           | 400 | exceptions[0].date
            "exceptions":[{"date":"+999999-01-01","closed":true}]        | 422 | exceptions[0].date
            "exceptions":[{"date":"2026-12-25"}]                         | 422 | exceptions[0]
            "exceptions":[{"date":"2026-12-25","closed":true,"from":"09:00"}] | 422 | exceptions[0]
            "exceptions":[{"date":"2026-12-25","closed":true},{"date":"2026-12-25","closed":true}] | 422 | exceptions[1]
            "horizonDays":0                                              | 422 | horizonDays
            "horizonDays":91                                             | 422 | horizonDays
            "horizonDays":3650                                           | 422 | horizonDays
            "minimumNoticeMinutes":-1                                    | 422 | minimumNoticeMinutes
            """)
    void a_schedule_that_cannot_be_is_refused_by_its_field(String member, int status, String field) {
        var id = given.unverifiedDoctor();
        // "@" stands for hours that are right but for what follows.
        var hours = "\"day\":\"TUESDAY\",\"from\":\"09:00\",\"to\":\"13:00\",\"slotMinutes\":30,\"modes\":[\"ONLINE\"]";
        var bad = member;
        while (bad.contains("@")) {
            int at = bad.indexOf('@');
            var name = bad.substring(at + 1, bad.indexOf(':', at));
            var others = hours.replaceFirst(name + ":(\"[^\"]*\"|\\[[^]]*]|\\d+),?", "")
                    .replaceFirst(",$", "");
            int end = bad.indexOf(",@", at) > 0 ? bad.indexOf(",@", at) : bad.length() - 1;
            bad = bad.substring(0, at) + "{" + others + "," + bad.substring(at + 1, end) + "}" + bad.substring(end);
        }
        var body = "{" + bad + (bad.contains("timeZone") ? "" : ",\"timeZone\":\"Asia/Kolkata\"")
                + (bad.contains("\"weekly\"") ? "" : ",\"weekly\":[]") + "}";

        var answer = service.put("/doctors/me/schedule", Service.doctor(id), body);

        assertThat(answer.status()).as("%s %s", body, answer).isEqualTo(status);
        assertThat(answer.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").stringValue())
                        .toList())
                .as("%s %s", body, answer)
                .anyMatch(named -> named.startsWith(field));
        assertThat(service.get("/doctors/me/schedule", Service.doctor(id)).status())
                .isEqualTo(404);
    }

    private JsonNode put(UUID id, String schedule) {
        return service.put("/doctors/me/schedule", Service.doctor(id), schedule).ok();
    }

    private List<JsonNode> freeOn(UUID id, LocalDate date) {
        return service.get(
                        "/doctors/" + id + "/slots?from=" + date + "T00:00:00Z&to=" + date.plusDays(1) + "T00:00:00Z")
                .ok()
                .path("items")
                .valueStream()
                .toList();
    }

    private static List<SlotsPublished> chunksOf(UUID id) {
        return probe.seen(SlotsPublished.class).stream()
                .filter(event -> event.getDoctorId().equals(id))
                .toList();
    }

    private static List<OfferedSlot> publishedBy(UUID id) {
        return chunksOf(id).stream().flatMap(chunk -> chunk.getSlots().stream()).toList();
    }

    private static List<UUID> withdrawnBy(UUID id) {
        return probe.seen(SlotsWithdrawn.class).stream()
                .filter(event -> event.getDoctorId().equals(id))
                .flatMap(event -> event.getSlotIds().stream())
                .toList();
    }
}
