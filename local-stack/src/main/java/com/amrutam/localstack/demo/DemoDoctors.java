package com.amrutam.localstack.demo;

import com.amrutam.events.Topic;
import com.amrutam.events.doctor.SlotsPublished;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.events.wire.SchemaRegistry;
import com.amrutam.localstack.event.EventReader;
import com.amrutam.localstack.server.ServicePorts;
import com.amrutam.localstack.server.Services;
import com.amrutam.localstack.server.Stack;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** A dozen doctors to book, made the way real ones come to be: they log in, an ADMIN lets them, they fill in forms. */
public final class DemoDoctors {
    public static final String FIRST_PHONE = "+910000001001";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private static final List<String> EVERYWHERE = List.of("ONLINE", "IN_PERSON");
    private static final List<String> ONLINE = List.of("ONLINE");
    private static final List<String> IN_PERSON = List.of("IN_PERSON");

    private static final List<Profile> PROFILES = List.of(
            new Profile("Dr. Ananya Iyer", "PANCHAKARMA", "KAYACHIKITSA", "ta,en", "Chennai", EVERYWHERE, 800, 14),
            new Profile("Dr. Rajesh Sharma", "PANCHAKARMA", "RASAYANA", "hi,en", "Delhi", EVERYWHERE, 600, 9),
            new Profile("Dr. Kavita Deshmukh", "KAYACHIKITSA", "DIABETOLOGY", "mr,hi,en", "Pune", ONLINE, 500, 11),
            new Profile("Dr. Suresh Nair", "KAYACHIKITSA", "PANCHAKARMA", "ml,en", "Kochi", EVERYWHERE, 900, 22),
            new Profile(
                    "Dr. Meera Joshi", "PRASUTI_STRI_ROGA", "GYNAECOLOGY", "gu,hi,en", "Ahmedabad", ONLINE, 700, 16),
            new Profile("Dr. Arjun Reddy", "SHALYA_TANTRA", "ORTHOPAEDICS", "te,en", "Hyderabad", IN_PERSON, 1000, 18),
            new Profile(
                    "Dr. Pooja Kulkarni", "SHALAKYA_TANTRA", "DERMATOLOGY", "kn,en", "Bengaluru", EVERYWHERE, 650, 8),
            new Profile("Dr. Imran Qureshi", "MANASA_ROGA", "SWASTHAVRITTA", "ur,hi,en", "Lucknow", ONLINE, 750, 12),
            new Profile("Dr. Lakshmi Pillai", "KAUMARBHRITYA", "PAEDIATRICS", "ml,ta,en", "Kochi", EVERYWHERE, 550, 10),
            new Profile("Dr. Harpreet Kaur", "RASAYANA", "NUTRITION", "pa,hi,en", "Chandigarh", ONLINE, 450, 6),
            new Profile(
                    "Dr. Debashish Sen", "GASTROENTEROLOGY", "KAYACHIKITSA", "bn,en", "Kolkata", EVERYWHERE, 850, 20),
            new Profile("Dr. Neha Gupta", "SWASTHAVRITTA", "PHYSIOTHERAPY", "hi,en", "Jaipur", EVERYWHERE, 400, 5));

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Stack stack;
    private final ServicePorts services;

    private record Profile(
            String name,
            String first,
            String second,
            String languages,
            String city,
            List<String> modes,
            int feeRupees,
            int experienceYears) {}

    public DemoDoctors(Stack stack, ServicePorts services) {
        this.stack = stack;
        this.services = services;
    }

    /** Makes those who are not there yet, and returns once their slots can be booked. */
    public void seed() throws InterruptedException {
        var codec = new EventCodec(new SchemaRegistry(stack.registryUrl()));
        try (var events = new EventReader(stack.bootstrapServers(), codec)) {
            var admin = new Person(Services.ADMIN_PHONE, services, http);
            admin.logIn();
            int slots = 0;
            for (int i = 0; i < PROFILES.size(); i++) {
                slots += seed(PROFILES.get(i), i, admin);
            }
            awaitInventory(events, slots);
        }
    }

    /** For a stack of which nobody knows whether they are there. */
    public void seedIfNone() throws InterruptedException {
        if (new Api(http, services.api())
                .get("/api/v1/doctors?limit=1")
                .expect(200)
                .body()
                .path("items")
                .isEmpty()) {
            seed();
        }
    }

    /** Answers how many slots the doctor now offers that were not there before. */
    private int seed(Profile profile, int index, Person admin) throws InterruptedException {
        var doctor = new Person("+91%010d".formatted(1001 + index), services, http);
        var login = doctor.logIn();
        var id = login.body().path("user").path("id").asText();
        admin.api()
                .put("/api/v1/admin/users/" + id + "/roles", Map.of("roles", List.of("DOCTOR")))
                .expect(200);
        doctor.refresh(login.text("refreshToken"));
        doctor.api()
                .put(
                        "/api/v1/doctors/me",
                        Map.of(
                                "name", profile.name(),
                                "specializations", List.of(profile.first(), profile.second()),
                                "languages", List.of(profile.languages().split(",")),
                                "city", profile.city(),
                                "modes", profile.modes(),
                                "fee", Map.of("amount", profile.feeRupees() * 100, "currency", "INR"),
                                "experienceYears", profile.experienceYears(),
                                "registrationNumber", "AYU-DEMO-" + (1001 + index)))
                .expect(200);
        var schedule = doctor.api()
                .put("/api/v1/doctors/me/schedule", schedule(profile))
                .expect(200);
        admin.api().post("/api/v1/admin/doctors/" + id + "/verify").expect(200);
        return schedule.body().path("published").asInt();
    }

    private static Map<String, Object> schedule(Profile profile) {
        var weekly = Stream.of("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY")
                .flatMap(day -> Stream.of(hours(day, "09:00", "13:00", profile), hours(day, "16:00", "19:00", profile)))
                .toList();
        return Map.of(
                "timeZone",
                "Asia/Kolkata",
                "weekly",
                weekly,
                "exceptions",
                List.of(),
                "horizonDays",
                14,
                "minimumNoticeMinutes",
                60);
    }

    private static Map<String, Object> hours(String day, String from, String to, Profile profile) {
        return Map.of(
                "day", day, "from", from, "to", to, "slotMinutes", 25, "bufferMinutes", 5, "modes", profile.modes());
    }

    /** Booking hears of slots by event; it has them when all were published and its group has read to the end. */
    private void awaitInventory(EventReader events, int slots) throws InterruptedException {
        var published = events.await(PATIENCE, arrivals -> {
            var seen = arrivals.stream()
                    .map(arrival -> arrival.event())
                    .filter(SlotsPublished.class::isInstance)
                    .mapToInt(event -> ((SlotsPublished) event).getSlots().size())
                    .sum();
            return seen >= slots ? seen : null;
        });
        if (published == null) {
            throw new IllegalStateException(
                    "Not all of %d slots were published within %d s".formatted(slots, PATIENCE.toSeconds()));
        }
        var deadline = Instant.now().plus(PATIENCE);
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
            while (lag(admin) > 0) {
                if (Instant.now().isAfter(deadline)) {
                    throw new IllegalStateException("booking did not take in the doctors' slots");
                }
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static long lag(Admin admin) throws InterruptedException, ExecutionException {
        var committed = admin.listConsumerGroupOffsets("booking")
                .partitionsToOffsetAndMetadata()
                .get();
        var topic = Topic.SLOTS_PUBLISHED;
        long lag = 0;
        for (int i = 0; i < topic.partitions(); i++) {
            var partition = new TopicPartition(topic.topicName(), i);
            var end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            var position = committed.get(partition);
            lag += end - (position == null ? 0 : position.offset());
        }
        return lag;
    }
}
