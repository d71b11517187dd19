package com.amrutam.system.load;

import com.amrutam.localstack.demo.Api;
import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.server.Parallel;
import com.amrutam.localstack.server.ServicePorts;
import com.amrutam.localstack.server.Services;
import com.amrutam.localstack.server.Stack;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Brings doctors and patients into being the way real ones come: they log in by code and fill in forms. */
final class Preparation {
    private static final int AT_ONCE = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(40);

    private static final List<String> CITIES =
            List.of("Pune", "Delhi", "Chennai", "Kochi", "Jaipur", "Mumbai", "Kolkata", "Lucknow");
    /** What each of the doctors made here offers: every day from nine to seven. */
    private static final int SLOTS_PER_DAY = 20;

    private static final int HORIZON_DAYS = 14;
    /** Each takes two calls, and who gives others their roles a few more. */
    private static final int DOCTORS_PER_ADMIN = 40;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Stack stack;
    private final ServicePorts services;
    private final Api anybody;

    Preparation(Stack stack, ServicePorts services) {
        this.stack = stack;
        this.services = services;
        this.anybody = new Api(http, services.api());
    }

    List<String> specializations() throws InterruptedException {
        return stream(anybody.get("/api/v1/specializations").expect(200).body().path("items"))
                .map(item -> item.path("code").asText())
                .toList();
    }

    /** New people, logged in. */
    List<Patient> patients(int count) throws InterruptedException, SQLException {
        // Whoever was here before has a history that this run knows nothing of.
        int first = 1 + number("""
                select coalesce(max(substring(phone from 6)::integer), 0) from identity.user_account
                where phone like '+9197%'""");
        return Parallel.all(
                AT_ONCE,
                IntStream.range(0, count)
                        .<Callable<Patient>>mapToObj(number -> () -> {
                            var phone = "+9197%08d".formatted(first + number);
                            var random = ThreadLocalRandom.current();
                            var address = "198.%d.%d.%d"
                                    .formatted(18 + random.nextInt(2), random.nextInt(256), 1 + random.nextInt(254));
                            var api = new Api(http, services.api());
                            return new Patient(phone, address, api, logIn(api, phone));
                        })
                        .toList());
    }

    /**
     * The doctors with slots to book from the day after tomorrow on; new ones are made until there are enough slots.
     *
     * @return how many doctors were made
     */
    int makeDoctors(int wantedSlots, List<String> specializations) throws InterruptedException, SQLException {
        var free = freeSlots();
        int missing = Math.ceilDiv(Math.max(0, wantedSlots - free), SLOTS_PER_DAY * (HORIZON_DAYS - 3));
        if (missing > 0) {
            var admins = admins(Math.ceilDiv(missing, DOCTORS_PER_ADMIN));
            int first = doctorsMade();
            var published = Parallel.all(
                            AT_ONCE,
                            IntStream.range(0, missing)
                                    .<Callable<Integer>>mapToObj(number -> () -> doctor(
                                            first + number, admins.get(number / DOCTORS_PER_ADMIN), specializations))
                                    .toList())
                    .stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            awaitSlots(published);
        }
        return missing;
    }

    /** So many that each stays below the hundred calls a minute of one user. The stack's own has just used some of its. */
    private List<Api> admins(int count) throws InterruptedException {
        var first = new Api(http, services.api());
        first.accessToken(logIn(first, Services.ADMIN_PHONE).path("accessToken").asText());
        var admins = new ArrayList<Api>();
        while (admins.size() < count) {
            var admin = new Api(http, services.api());
            var login = logIn(
                    admin, "+9196%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000)));
            enter(admin, login, first, "ADMIN");
            admins.add(admin);
        }
        return admins;
    }

    /** Gives somebody a role, and a token that says so. Answers who they are. */
    private static String enter(Api somebody, JsonNode login, Api admin, String role) throws InterruptedException {
        var id = login.path("user").path("id").asText();
        admin.put("/api/v1/admin/users/" + id + "/roles", Map.of("roles", List.of(role)))
                .expect(200);
        somebody.accessToken(somebody.post(
                        "/api/v1/auth/refresh",
                        Map.of("refreshToken", login.path("refreshToken").asText()))
                .expect(200)
                .text("accessToken"));
        return id;
    }

    /** Doctors with slots to book, those with few left out. */
    List<UUID> doctors() throws SQLException {
        var doctors = new ArrayList<UUID>();
        try (var connection = stack.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("""
                        select doctor_id from booking.slot
                        where state = 'FREE' and starts_at > now() + interval '2 days'
                        group by doctor_id having count(*) >= 30 and bool_and(cardinality(modes) = 1) order by doctor_id""")) {
            while (rows.next()) {
                doctors.add(rows.getObject(1, UUID.class));
            }
        }
        return doctors;
    }

    /** Answers how many slots the new doctor offers. */
    private int doctor(int number, Api admin, List<String> specializations) throws InterruptedException {
        var doctor = new Api(http, services.api());
        var login = logIn(doctor, "+9100000%05d".formatted(10_000 + number));
        var id = enter(doctor, login, admin, "DOCTOR");
        doctor.put(
                        "/api/v1/doctors/me",
                        Map.of(
                                "name", "Dr. Number " + number,
                                "specializations",
                                        List.of(
                                                specializations.get(number % specializations.size()),
                                                specializations.get((number + 7) % specializations.size())),
                                "languages", List.of("en", "hi"),
                                "city", CITIES.get(number % CITIES.size()),
                                "modes", List.of("ONLINE", "IN_PERSON"),
                                "fee", Map.of("amount", 40_000 + number % 60 * 1_000, "currency", "INR"),
                                "experienceYears", 1 + number % 40,
                                "registrationNumber", "AYU-LOAD-" + number))
                .expect(200);
        var schedule = doctor.put("/api/v1/doctors/me/schedule", schedule()).expect(200);
        admin.post("/api/v1/admin/doctors/" + id + "/verify").expect(200);
        return schedule.body().path("published").asInt();
    }

    private static Map<String, Object> schedule() {
        var hours = Arrays.stream(java.time.DayOfWeek.values())
                .map(day -> Map.of(
                        "day", day, "from", "09:00", "to", "19:00", "slotMinutes", 30, "modes", List.of("ONLINE")))
                .toList();
        return Map.of("timeZone", "Asia/Kolkata", "weekly", hours, "horizonDays", HORIZON_DAYS);
    }

    private JsonNode logIn(Api api, String phone) throws InterruptedException {
        var begun = Instant.now();
        var challenge = api.post("/api/v1/auth/otp", Map.of("phone", phone)).expect(202);
        return api.post(
                        "/api/v1/auth/token",
                        Map.of("challengeId", challenge.text("challengeId"), "code", awaitCode(phone, begun)))
                .expect(200)
                .body();
    }

    private String awaitCode(String phone, Instant since) throws InterruptedException {
        var phones = new Api(http, services.messages());
        var path = "/dev/messages?to=" + URLEncoder.encode(phone, StandardCharsets.UTF_8);
        var deadline = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(deadline)) {
            // Nothing tells of an SMS but the phone.
            Thread.sleep(LOOK_AGAIN);
            for (var message : phones.get(path).expect(200).body().path("items")) {
                var code = Person.codeIn(message.path("text").asText());
                if (!Instant.parse(message.path("sentAt").asText()).isBefore(since) && code.isPresent()) {
                    return code.get();
                }
            }
        }
        throw new IllegalStateException("No code came to " + phone);
    }

    private void awaitSlots(int published) throws InterruptedException, SQLException {
        int before = number("select count(*) from booking.slot");
        var deadline = Instant.now().plus(PATIENCE.multipliedBy(2));
        int wanted = number("select count(*) from doctor.slot");
        while (number("select count(*) from booking.slot") < wanted) {
            if (Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("booking did not take in the %d slots published, of which it had %d"
                        .formatted(published, before));
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private int freeSlots() throws SQLException {
        return number("""
                select count(*) from booking.slot where state = 'FREE' and starts_at > now() + interval '2 days'""");
    }

    private int doctorsMade() throws SQLException {
        return number("select count(*) from identity.user_account where phone like '+91000001%'");
    }

    private int number(String query) throws SQLException {
        try (var connection = stack.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        var nodes = new ArrayList<JsonNode>();
        array.forEach(nodes::add);
        return nodes.stream();
    }
}
