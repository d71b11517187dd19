package com.amrutam.localstack;

import com.amrutam.localstack.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How long events took from their occurrence to one consumer, as that service has counted them since its start.
 *
 * @param p50 median, in seconds
 * @param p99 99th percentile, in seconds
 */
public record EventDelay(String topic, double p50, double p99) {
    private static final Pattern BUCKET = Pattern.compile(
            "(?m)^amrutam_event_delay_seconds_bucket\\{.*topic=\"([^\"]+)\".*le=\"([^\"]+)\".*} (\\S+)$");

    /** What a service has measured of the topics that brought something; nothing when it does not answer. */
    public static List<EventDelay> in(Server service) {
        var metrics = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/actuator/prometheus".formatted(service.port())))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return read(http.send(metrics, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    static List<EventDelay> read(String metrics) {
        var topics = new TreeMap<String, NavigableMap<Double, Double>>();
        BUCKET.matcher(metrics)
                .results()
                .forEach(bucket -> topics.computeIfAbsent(bucket.group(1), topic -> new TreeMap<>())
                        .put(bound(bucket), Double.parseDouble(bucket.group(3))));
        return topics.entrySet().stream()
                .filter(topic -> topic.getValue().lastEntry().getValue() > 0)
                .map(topic -> new EventDelay(
                        topic.getKey(), quantile(0.5, topic.getValue()), quantile(0.99, topic.getValue())))
                .toList();
    }

    private static double bound(MatchResult bucket) {
        var bound = bucket.group(2);
        return "+Inf".equals(bound) ? Double.POSITIVE_INFINITY : Double.parseDouble(bound);
    }

    /** As Prometheus does: evenly spread within its bucket; beyond the last bound it is that bound. */
    private static double quantile(double share, NavigableMap<Double, Double> counts) {
        double rank = share * counts.lastEntry().getValue();
        double below = 0;
        double from = 0;
        for (var bucket : counts.entrySet()) {
            if (bucket.getValue() >= rank) {
                return bucket.getKey().isInfinite()
                        ? from
                        : from + (bucket.getKey() - from) * (rank - below) / (bucket.getValue() - below);
            }
            below = bucket.getValue();
            from = bucket.getKey();
        }
        return from;
    }
}
