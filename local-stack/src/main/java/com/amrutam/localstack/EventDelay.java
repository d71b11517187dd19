package com.amrutam.localstack;

import com.amrutam.localstack.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * How long events took from their occurrence to one consumer, as that service measures it.
 *
 * @param p50 median, in seconds
 * @param p99 99th percentile, in seconds
 */
record EventDelay(String topic, double p50, double p99) {
    private static final Pattern SAMPLE = Pattern.compile(
            "(?m)^amrutam_event_delay_seconds\\{.*topic=\"([^\"]+)\".*quantile=\"([^\"]+)\".*} (\\S+)$");

    /** What a service has measured of the topics that brought something lately; nothing when it does not answer. */
    static List<EventDelay> in(Server service) {
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

    private static List<EventDelay> read(String metrics) {
        var topics = new TreeMap<String, Map<String, Double>>();
        SAMPLE.matcher(metrics)
                .results()
                .forEach(sample -> topics.computeIfAbsent(sample.group(1), topic -> new TreeMap<>())
                        .put(sample.group(2), seconds(sample)));
        return topics.entrySet().stream()
                .map(topic -> new EventDelay(
                        topic.getKey(),
                        topic.getValue().getOrDefault("0.5", 0.0),
                        topic.getValue().getOrDefault("0.99", 0.0)))
                .filter(delay -> delay.p99() > 0)
                .toList();
    }

    private static double seconds(MatchResult sample) {
        return Double.parseDouble(sample.group(3));
    }
}
