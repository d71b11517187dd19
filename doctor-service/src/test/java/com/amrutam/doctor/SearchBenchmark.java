package com.amrutam.doctor;

import static com.amrutam.doctor.BookingEvents.locked;

import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;

/**
 * Searches of 2,000 doctors with 1.2 million slots, the service in a process of its own. Not part of the tests, since a figure
 * is no verdict; run it with
 * {@code ./amrutam test doctor-service -Dtest=SearchBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchBenchmark {
    private static final int DOCTORS = 2_000;
    private static final int CALLERS = 100;
    private static final int READING_MILLIS = 1_000;
    private static final int HURRY_MILLIS = 100;
    private static final Duration MEASURED = Duration.ofSeconds(20);
    private static final int STREAMS = 1_000;
    private static final int BOOKINGS = 300;
    private static final double CPU_TICKS_PER_SECOND = 100;
    private static final List<String> SPECIALIZATIONS = List.of(
            "KAYACHIKITSA",
            "PANCHAKARMA",
            "SHALYA_TANTRA",
            "SHALAKYA_TANTRA",
            "PRASUTI_STRI_ROGA",
            "KAUMARBHRITYA",
            "AGADA_TANTRA",
            "RASAYANA",
            "VAJIKARANA",
            "SWASTHAVRITTA",
            "DRAVYAGUNA",
            "RASASHASTRA",
            "ROGA_NIDANA",
            "MANASA_ROGA",
            "GENERAL_MEDICINE",
            "DERMATOLOGY",
            "GASTROENTEROLOGY",
            "GYNAECOLOGY",
            "PAEDIATRICS",
            "ORTHOPAEDICS");
    private static final int MOST_WARM_UPS = 8;
    private static final double STEADY = 0.97;

    /** The system property that names a file to record the service's JVM into (JDK Flight Recorder). */
    private static final String RECORDING = "recording";

    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Random random = new Random(4711);
    private final int port = freePort();
    private final Process process = start();
    private final Service service =
            new Service(new MockEnvironment().withProperty("local.server.port", String.valueOf(port)));
    private final List<UUID> doctors = new ArrayList<>();

    /** The service with what the tests' stack has told this process, on the same class path. */
    private Process start() {
        LocalStack.databaseUrl();
        var settings = System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("amrutam.") || name.startsWith("spring."))
                .map(name -> "--" + name + "=" + System.getProperty(name));
        var command = Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx512m",
                                "-XX:+UseSerialGC",
                                "-XX:+UseCompactObjectHeaders",
                                recordingOption(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                DoctorApplication.class.getName(),
                                "--server.port=" + port,
                                "--logging.level.root=warn",
                                "--amrutam.outbox.relay.poll-interval=100ms"),
                        settings)
                .flatMap(part -> part)
                .toList();
        try {
            var started = new ProcessBuilder(command).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String recordingOption() {
        var file = System.getProperty(RECORDING);
        return file == null
                ? "-Xlog:disable"
                : "-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + file;
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor(30, TimeUnit.SECONDS);
    }

    @Test
    void figures() throws Exception {
        awaitStart();
        seed();
        analyze();

        // The JVM's compiler first; then what is measured.
        warmUp();
        search("warm-up, uncached", this::uncommon, 0, MEASURED);
        idle();
        search("cached", this::common, HURRY_MILLIS, MEASURED);
        search("cached, flat out", this::common, 0, MEASURED);
        search("uncached", this::uncommon, READING_MILLIS, MEASURED);
        search("uncached, flat out", this::uncommon, 0, MEASURED);
        searchWhileBooking();
        streams();
        plans();
    }

    private void awaitStart() throws InterruptedException {
        while (true) {
            try {
                if (get("/actuator/health/readiness") == 200) {
                    return;
                }
            } catch (IOException e) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
    }

    private void seed() throws Exception {
        var begun = System.nanoTime();
        var inParallel = new Semaphore(8);
        var times = run(DOCTORS, number -> {
                    inParallel.acquire();
                    try {
                        return publish(number);
                    } finally {
                        inParallel.release();
                    }
                })
                .stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        System.out.printf(
                "%n%d doctors with 60 days of 10 slots: %.0f s in all; one schedule put p50 %.0f ms, p95 %.0f ms, max %.0f ms%n",
                DOCTORS, seconds(begun), at(times, 50), at(times, 95), times[times.length - 1]);
    }

    /** How long the schedule took, in milliseconds. */
    private double publish(int number) {
        var id = new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | number);
        synchronized (doctors) {
            doctors.add(id);
        }
        var profile = Given.profile(
                "name",
                "Dr. Doctor " + number,
                "specializations",
                List.of(SPECIALIZATIONS.get(number % SPECIALIZATIONS.size())),
                "experienceYears",
                number % 40,
                "city",
                "City " + number % 50);
        service.put("/doctors/me", Service.doctor(id), profile).ok();
        service.post("/admin/doctors/" + id + "/verify", Service.administrator())
                .ok();
        var begun = System.nanoTime();
        service.put("/doctors/me/schedule", Service.doctor(id), Given.everyDay("09:00", "14:00", 60))
                .ok();
        return (System.nanoTime() - begun) / 1e6;
    }

    private void analyze() throws SQLException {
        try (var connection = LocalStack.connect();
                var statement = connection.createStatement()) {
            statement.execute("vacuum analyze doctor.slot");
            statement.execute("vacuum analyze doctor.doctor");
        }
    }

    private String common() {
        return "/api/v1/doctors?sort=soonest&specialization="
                + SPECIALIZATIONS.get(random.nextInt(SPECIALIZATIONS.size()));
    }

    /** One nobody has asked before. */
    private String uncommon() {
        return common() + "&minFee=" + random.nextInt(50_000) + "&maxFee=" + (50_000 + random.nextInt(1_000_000));
    }

    /** What the process takes by itself: relay, consumers, metrics. */
    private void idle() throws IOException, InterruptedException {
        var cpu = cpuSeconds();
        TimeUnit.SECONDS.sleep(MEASURED.toSeconds());
        System.out.printf(
                "idle                 CPU of the service a second %.1f ms%n",
                (cpuSeconds() - cpu) * 1e3 / MEASURED.toSeconds());
    }

    /** Until no search costs much less than it did a round before. */
    private void warmUp() throws Exception {
        var before = Double.MAX_VALUE;
        for (int round = 0; round < MOST_WARM_UPS; round++) {
            var now = search("warm-up, cached", this::common, 0, MEASURED);
            if (now > before * STEADY) {
                return;
            }
            before = now;
        }
    }

    /**
     * @param pauseMillis mean of the time each caller lets pass between an answer and the next search
     * @return processor time of the service for each, in milliseconds
     */
    private double search(String name, Supplier<String> path, int pauseMillis, Duration duration) throws Exception {
        var cpu = cpuSeconds();
        var begun = System.nanoTime();
        var end = begun + duration.toNanos();
        var latencies = run(CALLERS, caller -> {
                    var own = new ArrayList<Double>();
                    while (System.nanoTime() < end) {
                        TimeUnit.MILLISECONDS.sleep(random.nextInt(2 * pauseMillis + 1));
                        var asked = System.nanoTime();
                        if (get(path.get()) != 200) {
                            throw new IllegalStateException("A search failed");
                        }
                        own.add((System.nanoTime() - asked) / 1e6);
                    }
                    return own;
                })
                .stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        var cpuMillis = (cpuSeconds() - cpu) * 1e3 / latencies.length;
        System.out.printf(
                "%-20s %d callers, %.0f/s: p50 %.2f ms, p95 %.2f ms, p99 %.2f ms; CPU of the service per search %.3f ms%n",
                name,
                CALLERS,
                latencies.length / seconds(begun),
                at(latencies, 50),
                at(latencies, 95),
                at(latencies, 99),
                cpuMillis);
        return cpuMillis;
    }

    /** From the event's way into Kafka until neither the slot list nor a search shows the slot. */
    private void searchWhileBooking() throws Exception {
        try (var probe = EventProbe.fromNow();
                var background = Executors.newVirtualThreadPerTaskExecutor()) {
            var load = background.submit(() -> {
                search("while slots are taken", this::common, HURRY_MILLIS, Duration.ofSeconds(40));
                return true;
            });
            var inList = new double[BOOKINGS];
            var inSearch = new double[BOOKINGS];
            for (int number = 0; number < BOOKINGS; number++) {
                var doctor = doctors.get(random.nextInt(doctors.size()));
                var search = "/doctors?limit=100&sort=soonest&city="
                        + service.get("/doctors/" + doctor)
                                .ok()
                                .path("city")
                                .stringValue()
                                .replace(" ", "%20");
                var slot = firstSlot(doctor);
                showsInSearch(search, slot);
                var sent = System.nanoTime();
                probe.send(locked(slot, 2));
                while (firstSlot(doctor).equals(slot)) {
                    Thread.onSpinWait();
                }
                inList[number] = (System.nanoTime() - sent) / 1e6;
                while (showsInSearch(search, slot)) {
                    Thread.onSpinWait();
                }
                inSearch[number] = (System.nanoTime() - sent) / 1e6;
            }
            load.get();
            Arrays.sort(inList);
            Arrays.sort(inSearch);
            System.out.printf(
                    "taken slots vanish:  from lists p50 %.0f ms, p99 %.0f ms; from searches p50 %.0f ms, p99 %.0f ms%n",
                    at(inList, 50), at(inList, 99), at(inSearch, 50), at(inSearch, 99));
        }
    }

    private JsonNode firstSlot(UUID doctor) {
        return service.get("/doctors/" + doctor + "/slots?limit=1")
                .ok()
                .path("items")
                .path(0);
    }

    private boolean showsInSearch(String search, JsonNode slot) {
        return service.get(search)
                .ok()
                .path("items")
                .valueStream()
                .anyMatch(doctor -> doctor.path("nextFreeSlot").path("ONLINE").equals(slot));
    }

    private void streams() throws Exception {
        var before = residentMebibytes();
        var open = new ArrayList<InputStream>();
        for (int number = 0; number < STREAMS; number++) {
            var request = HttpRequest.newBuilder(
                            uri("/api/v1/doctors/" + doctors.get(number % doctors.size()) + "/slots/stream"))
                    .build();
            open.add(HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream())
                    .body());
        }
        TimeUnit.SECONDS.sleep(6);
        System.out.printf(
                "%d streams:        %d MiB resident before, %d MiB with them%n", STREAMS, before, residentMebibytes());
        for (var stream : open) {
            stream.close();
        }
    }

    private long residentMebibytes() throws IOException {
        var matcher = RESIDENT.matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        if (!matcher.find()) {
            throw new IllegalStateException("Linux says no more how large a process is");
        }
        return Long.parseLong(matcher.group(1)) / 1024;
    }

    /** User and system time of the service's process. */
    private double cpuSeconds() throws IOException {
        var fields = Files.readString(Path.of("/proc/" + process.pid() + "/stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / CPU_TICKS_PER_SECOND;
    }

    private void plans() throws SQLException {
        var soonest = """
                select doctor.id, next.starts_at from doctor
                left join lateral (select starts_at from slot where doctor_id = doctor.id and state = 'FREE'
                    and starts_at >= now() and starts_at < '2200-01-01' and bookable_until > now()
                    order by starts_at limit 1) next on true
                where doctor.verified %s order by coalesce(next.starts_at, 'infinity'), doctor.id limit 21""";
        plan("soonest of a specialization", soonest.formatted("and doctor.specializations @> array['DERMATOLOGY']"));
        plan("soonest of all", soonest.formatted(""));
        plan(
                "text",
                soonest.formatted(
                        "and (doctor.name ilike '%Doctor 1234%' or doctor.name operator(public.%>) 'Docter')"));
        plan(
                "fee of a specialization",
                "select * from doctor where verified and specializations @> array['DERMATOLOGY'] order by fee_amount, id limit 21");
        plan("rating", "select * from doctor where verified order by rating desc, review_count desc, id desc limit 21");
        plan(
                "free slots of a doctor",
                "select * from slot where doctor_id = '%s' and state = 'FREE' and starts_at >= now()"
                                .formatted(doctors.getFirst())
                        + " and starts_at < now() + interval '7 days' and bookable_until > now() order by starts_at, id limit 21");
        try (var connection = LocalStack.connect();
                var statement = connection.createStatement()) {
            // Ten years of it for every tenth doctor.
            statement.execute("""
                    insert into doctor.slot (id, doctor_id, starts_at, ends_at, bookable_until, online, in_person, state)
                    select gen_random_uuid(), d.id, at, at + interval '30 minutes', at, true, true,
                           case when random() < 0.7 then 'BOOKED' else 'FREE' end
                    from doctor.doctor d,
                         generate_series(now() - interval '3650 days', now() - interval '1 day', interval '150 minutes') at
                    where d.experience_years % 10 = 0 limit 5000000""");
            statement.execute("vacuum analyze doctor.slot");
        }
        plan(
                "soonest of a specialization, with 5,000,000 past slots more",
                soonest.formatted("and doctor.specializations @> array['DERMATOLOGY']"));
    }

    private static void plan(String name, String sql) throws SQLException {
        try (var connection = LocalStack.connect();
                var statement = connection.createStatement()) {
            statement.execute("set search_path to doctor");
            System.out.printf("%n**%s**%n%n    %s%n%n", name, sql.replaceAll("\\s+", " "));
            statement.execute("explain analyze " + sql);
            try (var rows = statement.executeQuery("explain (analyze, timing off, summary on, costs off) " + sql)) {
                while (rows.next()) {
                    System.out.println("        " + rows.getString(1));
                }
            }
        }
    }

    private interface Work<T> {
        T of(int number) throws Exception;
    }

    private static <T> List<T> run(int count, Work<T> work) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (int number = 0; number < count; number++) {
                int own = number;
                running.add(threads.submit((Callable<T>) () -> work.of(own)));
            }
            var results = new ArrayList<T>();
            for (var one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    private int get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double at(double[] sorted, int percentile) {
        return sorted[Math.min(sorted.length - 1, sorted.length * percentile / 100)];
    }
}
