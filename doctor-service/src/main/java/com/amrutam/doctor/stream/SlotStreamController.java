package com.amrutam.doctor.stream;

import com.amrutam.doctor.search.FindDoctors;
import com.amrutam.kit.problem.ProblemException;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * A doctor's slots live, as server-sent events (WHATWG HTML, 9.2): {@code slot-taken} and {@code slot-freed}, each with the
 * slot. A client that reconnects sends the last id it saw, as browsers do by themselves, and misses nothing; one that was
 * away for too long gets {@code reset} and reads the list again. The request's virtual thread is the stream.
 */
@RestController
class SlotStreamController {
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final int BATCH = 500;
    private static final int RECONNECT_MILLIS = 2_000;

    private final FindDoctors findDoctors;
    private final SlotChanges changes;
    private final Watchers watchers;
    private final StreamProperties properties;
    private final JsonMapper json;

    SlotStreamController(
            FindDoctors findDoctors,
            SlotChanges changes,
            Watchers watchers,
            StreamProperties properties,
            JsonMapper json) {
        this.findDoctors = findDoctors;
        this.changes = changes;
        this.watchers = watchers;
        this.properties = properties;
        this.json = json;
    }

    /**
     * Slots of a doctor taken and freed, as it happens. Events are {@code slot-taken} and {@code slot-freed}, each with the
     * slot; {@code reset} tells a client that was away for too long to read the list again.
     *
     * @param lastEventId the last id seen, to go on from there
     */
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE, schema = @Schema(types = "string")))
    @GetMapping(path = "/api/v1/doctors/{id}/slots/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void streamSlots(
            @PathVariable UUID id,
            @RequestHeader(name = LAST_EVENT_ID, required = false) @Nullable Long lastEventId,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        if (!findDoctors.isVisible(id)) {
            throw ProblemException.notFound();
        }
        try (var watcher = watchers.watch(id)) {
            // Asked after the watch began, so that nothing falls in between.
            var latest = changes.latest(id);
            var isLost = lastEventId != null && lastEventId != latest && !changes.remembers(id, lastEventId);
            var position = lastEventId == null || isLost ? latest : lastEventId;
            begin(response);
            var stream = response.getWriter();
            stream.write("retry: " + RECONNECT_MILLIS + "\nid: " + position + "\n");
            stream.write(isLost ? "event: reset\ndata: {}\n\n" : "\n");
            while (!watchers.isStopping()) {
                var news = changes.after(id, position, BATCH);
                write(stream, news);
                if (stream.checkError()) {
                    // The client is gone.
                    return;
                }
                if (news.isEmpty()) {
                    watcher.await(properties.heartbeat());
                } else {
                    position = news.getLast().sequence();
                }
            }
        }
    }

    private static void begin(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private void write(Writer stream, List<SlotChange> news) throws IOException {
        if (news.isEmpty()) {
            // A comment: a heartbeat for proxies, and how a client that went without a word is noticed.
            stream.write(":\n\n");
        }
        for (var change : news) {
            stream.write("id: %d\nevent: %s\ndata: %s\n\n"
                    .formatted(
                            change.sequence(),
                            change.free() ? "slot-freed" : "slot-taken",
                            json.writeValueAsString(change.slot())));
        }
    }
}
