package com.amrutam.system.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What patients find, held against booking's inventory: the next free slot of every doctor and mode. */
final class SearchPromise {
    private static final String PROMISE = "Search shows each doctor's next free slot";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI api;

    SearchPromise(URI api) {
        this.api = api;
    }

    /** A search that is not answered shows nothing, which is a finding like any other. */
    List<Finding> broken(Connection database) throws SQLException, InterruptedException {
        try {
            return compare(found(), free(database));
        } catch (IOException e) {
            return List.of(new Finding(PROMISE, "search does not answer: " + e));
        }
    }

    static List<Finding> compare(Map<String, String> found, Map<String, String> free) {
        var findings = new ArrayList<Finding>();
        found.forEach((where, slotId) -> {
            var truth = free.getOrDefault(where, "none");
            if (!truth.equals(slotId)) {
                findings.add(new Finding(PROMISE, where + " shows " + slotId + " but it is " + truth));
            }
        });
        return findings;
    }

    /** By doctor and mode the slot that search shows, {@code none} where it shows none. */
    private Map<String, String> found() throws IOException, InterruptedException {
        var found = new HashMap<String, String>();
        @Nullable String cursor = null;
        do {
            var page = get("/api/v1/doctors?sort=soonest&limit=100" + (cursor == null ? "" : "&cursor=" + cursor));
            for (var doctor : page.path("items")) {
                for (var mode : doctor.path("modes")) {
                    var slot = doctor.path("nextFreeSlot").path(mode.asText()).path("id");
                    found.put(doctor.path("id").asText() + " " + mode.asText(), slot.asText("none"));
                }
            }
            cursor = page.hasNonNull("nextCursor") ? page.path("nextCursor").asText() : null;
        } while (cursor != null);
        return found;
    }

    /** The same by the inventory. */
    private static Map<String, String> free(Connection database) throws SQLException {
        var free = new HashMap<String, String>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("""
                        select distinct on (doctor_id, mode) doctor_id || ' ' || mode, id::text
                        from booking.slot cross join unnest(modes) as mode
                        where state = 'FREE' and starts_at - minimum_notice > now()
                        order by doctor_id, mode, starts_at""")) {
            while (rows.next()) {
                free.put(rows.getString(1), rows.getString(2));
            }
        }
        return free;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(api + path))
                .timeout(TIMEOUT)
                // Of the range for benchmarks (RFC 2544), so that no person's limit is used up.
                .header("X-Forwarded-For", "198.19.255.254")
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
