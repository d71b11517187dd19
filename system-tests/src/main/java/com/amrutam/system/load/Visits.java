package com.amrutam.system.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.pause;
import static io.gatling.javaapi.core.CoreDsl.regex;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.responseTimeInMillis;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.amrutam.system.check.History;
import com.amrutam.system.check.Operation;
import com.amrutam.system.check.Outcome;
import com.amrutam.system.check.Request;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people do when they come. Each call is measured; nobody is told of a failure but the measurements. */
final class Visits {
    private static final Duration GLANCE = Duration.ofMillis(500);
    private static final Duration LOOK = Duration.ofMillis(1_500);
    private static final int LOOKS_AT_THE_PHONE = 12;
    private static final int TRIES_FOR_A_SLOT = 3;

    private static final String ID = "\"id\":\"([0-9a-f-]{36})\"";
    private static final Pattern CODE_MESSAGE =
            Pattern.compile("\"kind\":\"BOOKING_CODE\".*?\"text\":\"(\\d{6}).*?\"sentAt\":\"([^\"]+)\"");

    private final Crowd crowd;
    private final Measurements measurements;
    private final History history;
    private final URI phones;

    Visits(Crowd crowd, Measurements measurements, History history, URI phones) {
        this.crowd = crowd;
        this.measurements = measurements;
        this.history = history;
        this.phones = phones;
    }

    /** Ten looks at doctors and their slots. */
    ScenarioBuilder browsing() {
        return scenario("browse")
                .exec(comes(Crowd.Visit.BROWSE))
                .exec(repeat(5).on(search(), pause(GLANCE, LOOK), doctorOrSlots(), pause(GLANCE, LOOK)))
                .exec(goes());
    }

    /** A look at what one has booked. */
    ScenarioBuilder agenda() {
        return scenario("agenda")
                .exec(comes(Crowd.Visit.AGENDA))
                .exec(appointments())
                .doIf(session -> session.contains("appointment"))
                .then(pause(GLANCE, LOOK), appointment())
                .exec(goes());
    }

    /** A search, and a slot held and mostly confirmed; a few of these are left, given back, moved or cancelled. */
    ScenarioBuilder booking() {
        return scenario("book")
                .exec(comes(Crowd.Visit.BOOK))
                .exec(search(), pause(GLANCE, LOOK), slotsToChooseFrom(), pause(GLANCE, LOOK))
                .exec(hold())
                .doIf(Visits::holdsASlot)
                .then(afterHolding())
                .exec(goes());
    }

    /** Nothing but a slot held and confirmed. */
    ScenarioBuilder bookingAlone() {
        return scenario("hold and confirm")
                .exec(comes(Crowd.Visit.BOOK))
                .exec(slotsToChooseFrom(), hold())
                .doIf(Visits::holdsASlot)
                .then(readCode(), confirm())
                .exec(goes());
    }

    /** One search after the other, each by somebody else. */
    ScenarioBuilder searchingOn(Duration length) {
        return scenario("search")
                .exec(comes(Crowd.Visit.BROWSE))
                .during(length)
                .on(exec(session -> as(session, crowd.next(Crowd.Visit.BROWSE))), search())
                .exec(goes());
    }

    private ChainBuilder comes(Crowd.Visit visit) {
        return exec(session -> {
            measurements.comes();
            return as(session, crowd.next(visit))
                    .set("chance", ThreadLocalRandom.current().nextInt(100));
        });
    }

    private static Session as(Session session, Patient patient) {
        return session.set("patient", patient.id())
                .set("phone", patient.phone())
                .set("token", patient.token())
                .set("address", patient.address());
    }

    private ChainBuilder goes() {
        return exec(session -> {
            measurements.goes();
            return session;
        });
    }

    private ChainBuilder search() {
        return exec(session -> session.set("query", crowd.anyWishes()))
                .exec(call(Call.SEARCH, http(Call.SEARCH.title()).get("/api/v1/doctors?#{query}")));
    }

    private ChainBuilder doctorOrSlots() {
        return exec(session -> session.set("doctor", crowd.anyDoctor()).set("query", crowd.anyWindow()))
                .doIfOrElse(session -> ThreadLocalRandom.current().nextInt(4) == 0)
                .then(call(Call.PROFILE, http(Call.PROFILE.title()).get("/api/v1/doctors/#{doctor}")))
                .orElse(call(Call.SLOTS, http(Call.SLOTS.title()).get("/api/v1/doctors/#{doctor}/slots?#{query}")));
    }

    /** Whose doctor has no time in these days looks at another. */
    private ChainBuilder slotsToChooseFrom() {
        return exec(session -> session.set("asked", 0))
                .asLongAs(session -> !session.contains("slots") && session.getInt("asked") < TRIES_FOR_A_SLOT)
                .on(
                        exec(session -> session.set("asked", session.getInt("asked") + 1)
                                .set("doctor", crowd.anyDoctor())
                                .set("query", crowd.anyWindow())),
                        call(
                                Call.SLOTS,
                                http(Call.SLOTS.title()).get("/api/v1/doctors/#{doctor}/slots?#{query}"),
                                regex(ID).findAll().optional().saveAs("slots")));
    }

    /** Who comes too late tries another slot. */
    private ChainBuilder hold() {
        return exec(session -> session.set("tried", List.of()))
                .asLongAs(session -> session.contains("slots")
                        && !holdsASlot(session)
                        && session.getList("tried").size() < TRIES_FOR_A_SLOT)
                .on(
                        exec(session -> {
                            List<String> tried = session.getList("tried");
                            var slot = Crowd.anyBut(session.getList("slots"), tried);
                            return session.set("slot", slot)
                                    .set("tried", concat(tried, slot))
                                    .set("since", Instant.now());
                        }),
                        call(
                                Call.HOLD,
                                http(Call.HOLD.title())
                                        .post("/api/v1/slot-locks")
                                        .body(StringBody("{\"slotId\":\"#{slot}\"}")),
                                regex(ID).optional().saveAs("id")),
                        exec(session -> session.contains("status") && session.getInt("status") == 201
                                ? session.set("lock", session.getString("id"))
                                : session));
    }

    private static List<String> concat(List<String> list, String last) {
        var all = new java.util.ArrayList<>(list);
        all.add(last);
        return List.copyOf(all);
    }

    private static boolean holdsASlot(Session session) {
        return session.contains("lock");
    }

    /** Of a hundred, three forget about it, two give it back, four cancel later and four move. */
    private ChainBuilder afterHolding() {
        return doIf(session -> session.getInt("chance") >= 3 && session.getInt("chance") < 5)
                .then(call(Call.RELEASE, http(Call.RELEASE.title()).delete("/api/v1/slot-locks/#{lock}")))
                .doIf(session -> session.getInt("chance") >= 5)
                .then(readCode(), confirm())
                .doIf(session -> session.contains("booked") && session.getInt("chance") < 9)
                .then(
                        pause(GLANCE, LOOK),
                        call(
                                Call.CANCEL,
                                http(Call.CANCEL.title())
                                        .post("/api/v1/appointments/#{booked}/cancel")
                                        .body(StringBody("{\"reason\":\"I am travelling that day\"}"))))
                .doIf(session -> session.contains("booked")
                        && session.getInt("chance") >= 9
                        && session.getInt("chance") < 13
                        && session.getList("slots").size()
                                > session.getList("tried").size())
                .then(
                        pause(GLANCE, LOOK),
                        exec(session ->
                                session.set("other", Crowd.anyBut(session.getList("slots"), session.getList("tried")))),
                        call(
                                Call.MOVE,
                                http(Call.MOVE.title())
                                        .post("/api/v1/appointments/#{booked}/reschedule")
                                        .body(StringBody("{\"slotId\":\"#{other}\"}"))));
    }

    /** People look at the phone until the code is there. */
    private ChainBuilder readCode() {
        return exec(session -> session.set("looks", 0))
                .asLongAs(session -> !session.contains("code") && session.getInt("looks") < LOOKS_AT_THE_PHONE)
                .on(
                        pause(GLANCE, LOOK),
                        exec(session -> session.set("looks", session.getInt("looks") + 1)),
                        call(
                                Call.PHONE,
                                http(Call.PHONE.title())
                                        .get(phones + "/dev/messages")
                                        .queryParam("to", "#{phone}"),
                                bodyString().saveAs("messages")),
                        exec(Visits::takeCode));
    }

    private static Session takeCode(Session session) {
        if (session.contains("messages")) {
            var message = CODE_MESSAGE.matcher(session.getString("messages"));
            // The newest comes first; one from before is of another slot.
            if (message.find()
                    && !Instant.parse(message.group(2))
                            .isBefore(Objects.requireNonNull(session.<Instant>get("since")))) {
                return session.set("code", message.group(1)).remove("messages");
            }
        }
        return session.remove("messages");
    }

    private ChainBuilder confirm() {
        return doIf(session -> session.contains("code"))
                .then(
                        call(
                                Call.CONFIRM,
                                http(Call.CONFIRM.title())
                                        .post("/api/v1/appointments")
                                        .body(StringBody("{\"slotLockId\":\"#{lock}\",\"code\":\"#{code}\"}")),
                                regex(ID).optional().saveAs("id")),
                        exec(session -> session.contains("status") && session.getInt("status") == 201
                                ? session.set("booked", session.getString("id"))
                                : session));
    }

    private ChainBuilder appointments() {
        return call(
                Call.APPOINTMENTS,
                http(Call.APPOINTMENTS.title()).get("/api/v1/appointments"),
                regex(ID).optional().saveAs("appointment"));
    }

    private ChainBuilder appointment() {
        return call(Call.APPOINTMENT, http(Call.APPOINTMENT.title()).get("/api/v1/appointments/#{appointment}"));
    }

    private ChainBuilder call(Call call, HttpRequestActionBuilder request, CheckBuilder... checks) {
        var checked = request.check(status().saveAs("status"))
                .check(responseTimeInMillis().saveAs("took"))
                .checkIf((response, session) -> response.status().code() >= 400)
                .then(regex("\"code\":\"([a-z-]+)\"").optional().saveAs("problem"))
                .check(checks)
                .check(status().in(call.expected()));
        return exec(session ->
                        session.removeAll("status", "took", "problem", "id").set("begun", Instant.now()))
                .exec(checked)
                .exec(session -> {
                    int status = session.contains("status") ? session.getInt("status") : 0;
                    var problem = session.getString("problem");
                    measurements.record(call, status, session.contains("took") ? session.getInt("took") : 0, problem);
                    if (call.operation() != Operation.READ) {
                        history.add(request(call.operation(), session, status, problem));
                    }
                    // A failure of one call is counted, and no reason to skip the next.
                    return session.markAsSucceeded();
                });
    }

    private static Request request(Operation operation, Session session, int status, @Nullable String problem) {
        var answered = status == 201 ? id(session, "id") : null;
        return new Request(
                operation,
                Objects.requireNonNull(session.<UUID>get("patient")),
                UUID.randomUUID().toString(),
                switch (operation) {
                    case HOLD -> id(session, "slot");
                    case RESCHEDULE -> id(session, "other");
                    case RELEASE, BOOK, CANCEL, READ -> null;
                },
                switch (operation) {
                    case HOLD -> answered;
                    case RELEASE, BOOK -> id(session, "lock");
                    case CANCEL, RESCHEDULE, READ -> null;
                },
                switch (operation) {
                    case BOOK -> answered;
                    case CANCEL, RESCHEDULE -> id(session, "booked");
                    case HOLD, RELEASE, READ -> null;
                },
                Objects.requireNonNull(session.<Instant>get("begun")),
                Instant.now(),
                status == 0 ? Outcome.UNANSWERED : Outcome.of(status),
                status,
                problem);
    }

    private static @Nullable UUID id(Session session, String name) {
        var text = session.getString(name);
        return text == null ? null : UUID.fromString(text);
    }
}
