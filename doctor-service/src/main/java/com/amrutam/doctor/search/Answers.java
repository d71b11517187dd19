package com.amrutam.doctor.search;

import com.amrutam.doctor.availability.Slot;
import com.amrutam.doctor.availability.Window;
import com.amrutam.kit.data.Freshness;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answers to searches, kept in this instance and in Redis for as long as they are true. Many who ask the same at once
 * wait for one answer.
 */
@Component
class Answers {
    private final FindDoctors findDoctors;
    private final Changes changes;
    private final SharedAnswers shared;
    private final JsonMapper json;
    private final Clock clock;
    private final Cache<Query, Kept> kept;
    private final Map<Query, Search> searches = new ConcurrentHashMap<>();
    private final Counter fromMemory;
    private final Counter fromRedis;
    private final Counter fromDatabase;

    Answers(
            FindDoctors findDoctors,
            Changes changes,
            SharedAnswers shared,
            CacheProperties properties,
            JsonMapper json,
            Clock clock,
            MeterRegistry metrics) {
        this.findDoctors = findDoctors;
        this.changes = changes;
        this.shared = shared;
        this.json = json;
        this.clock = clock;
        this.kept = Caffeine.newBuilder()
                .expireAfterWrite(properties.inProcess())
                .maximumWeight(properties.memory().toBytes())
                .weigher((Query query, Kept answer) -> answer.answer().body().length + Kept.OVERHEAD)
                .build();
        this.fromMemory = counter("memory", metrics);
        this.fromRedis = counter("redis", metrics);
        this.fromDatabase = counter("database", metrics);
    }

    private static Counter counter(String source, MeterRegistry metrics) {
        return Counter.builder("amrutam.search.answers")
                .tag("source", source)
                .description("Answers to searches by where they came from")
                .register(metrics);
    }

    /**
     * An answer in memory.
     *
     * @param begun when the search for it began, of {@link System#nanoTime}
     */
    private record Kept(Answer answer, long begun) {
        /** About what key and entry take beside the body, in bytes. */
        private static final int OVERHEAD = 512;
    }

    /** A search under way. */
    private record Search(long begun, CompletableFuture<Kept> result) {}

    /** The answer to a query, as JSON. */
    byte[] to(Query query) {
        while (true) {
            var known = kept.getIfPresent(query);
            if (known != null
                    && isUnchanged(query, known.begun())
                    && known.answer().isGoodAt(clock.instant())) {
                fromMemory.increment();
                return known.answer().body();
            }
            var own = new Search(System.nanoTime(), new CompletableFuture<>());
            var other = searches.putIfAbsent(query, own);
            if (other == null) {
                return searched(query, own).answer().body();
            }
            // One that began before the last change does not do: it may not have seen it.
            var doesForMe = isUnchanged(query, other.begun());
            var result = awaited(other);
            if (doesForMe) {
                fromMemory.increment();
                return result.answer().body();
            }
        }
    }

    private boolean isUnchanged(Query query, long since) {
        return since - changes.latest(query.scope()) > 0;
    }

    private static Kept awaited(Search search) {
        try {
            return search.result().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    private Kept searched(Query query, Search search) {
        try {
            var found = new Kept(answer(query), search.begun());
            kept.put(query, found);
            search.result().complete(found);
            return found;
        } catch (RuntimeException | Error e) {
            search.result().completeExceptionally(e);
            throw e;
        } finally {
            searches.remove(query, search);
        }
    }

    private Answer answer(Query query) {
        var found = query.isCommon() ? shared.find(query).orElse(null) : null;
        if (found != null && found.answer() instanceof Answer answer && answer.isGoodAt(clock.instant())) {
            fromRedis.increment();
            return answer;
        }
        fromDatabase.increment();
        var answer = Freshness.seeingAllUntil(changes.latest(query.scope()), () -> read(query));
        if (found != null) {
            shared.keep(query, found.edition(), answer);
        }
        return answer;
    }

    private Answer read(Query query) {
        var page = findDoctors.search(query);
        var goodUntil = page.items().stream()
                .flatMap(doctor -> doctor.nextFree().values().stream())
                .map(Slot::bookableUntil)
                .min(Instant::compareTo);
        return new Answer(
                json.writeValueAsBytes(page.map(FoundDoctor::view)),
                goodUntil.orElse(Window.from(clock.instant()).to()));
    }
}
