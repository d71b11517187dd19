package com.amrutam.notification.channel;

import com.amrutam.notification.channel.Channel.Letter;
import com.amrutam.notification.channel.Channel.NotTaken;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpHeaders;
import tools.jackson.core.io.JsonStringEncoder;

/** One provider: asked as configured, and left alone for a while when it keeps failing. */
final class SmsProvider {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);
    /** Of an answer no more is looked at, however much comes. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final SmsProperties.Provider provider;
    private final Duration timeout;
    private final Map<String, String> templateIds;
    private final HttpClient http;
    private final CircuitBreaker breaker;

    SmsProvider(
            SmsProperties.Provider provider,
            Duration timeout,
            Map<String, String> templateIds,
            HttpClient http,
            CircuitBreaker breaker) {
        this.provider = provider;
        this.timeout = timeout;
        this.templateIds = templateIds;
        this.http = http;
        this.breaker = breaker;
    }

    String name() {
        return provider.name();
    }

    void send(Letter letter) throws NotTaken {
        if (!breaker.tryAcquirePermission()) {
            throw new NotTaken(name() + " is left alone for a while");
        }
        var begun = System.nanoTime();
        try {
            ask(letter);
            breaker.onSuccess(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        } catch (NotTaken e) {
            breaker.onError(System.nanoTime() - begun, TimeUnit.NANOSECONDS, e);
            throw e;
        }
    }

    private void ask(Letter letter) throws NotTaken {
        try {
            var answer = http.send(request(letter), HttpResponse.BodyHandlers.ofInputStream());
            String body;
            try (var stream = answer.body()) {
                body = new String(stream.readNBytes(LONGEST_ANSWER), StandardCharsets.UTF_8);
            }
            if (answer.statusCode() == TOO_MANY_REQUESTS) {
                throw new NotTaken(name() + " answered 429", retryAfter(answer.headers()), false);
            }
            // A redirect is no yes: the message went nowhere, and following would take the key to strangers.
            if (answer.statusCode() / 100 != 2) {
                throw new NotTaken(name() + " answered " + answer.statusCode());
            }
            var accepted = provider.accepted();
            if (accepted != null && !accepted.matcher(body).find()) {
                throw new NotTaken(name() + " answered " + answer.statusCode() + " without accepting");
            }
        } catch (HttpConnectTimeoutException | java.net.ConnectException e) {
            throw new NotTaken(name() + " cannot be reached");
        } catch (IOException e) {
            // It may have the message or not: only it could say.
            throw new NotTaken(name() + " did not answer", Duration.ZERO, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotTaken("Interrupted while asking " + name(), Duration.ZERO, true);
        }
    }

    private HttpRequest request(Letter letter) {
        UnaryOperator<String> inBody = provider.contentType().startsWith("application/json")
                ? text -> new String(JsonStringEncoder.getInstance().quoteAsCharArray(text))
                : SmsProvider::urlEncoded;
        var request = HttpRequest.newBuilder(
                        URI.create(filled(provider.url().toString(), letter, SmsProvider::urlEncoded)))
                .timeout(timeout)
                .header(HttpHeaders.CONTENT_TYPE, provider.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(filled(provider.body(), letter, inBody)));
        provider.headers().forEach(request::header);
        return request.build();
    }

    private String filled(String template, Letter letter, UnaryOperator<String> escape) {
        var templateId = templateIds.getOrDefault(letter.kind() + "." + letter.language(), "");
        return template.replace("{to}", escape.apply(letter.to()))
                .replace("{digits}", escape.apply(letter.to().substring(1)))
                .replace("{id}", letter.id().toString())
                .replace("{templateId}", escape.apply(templateId))
                // Last, so that nothing in a text is taken for a place to fill.
                .replace("{text}", escape.apply(letter.text()));
    }

    private static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Duration retryAfter(java.net.http.HttpHeaders headers) {
        try {
            var seconds = headers.firstValue(HttpHeaders.RETRY_AFTER).map(Long::parseLong);
            var wanted = Duration.ofSeconds(Math.max(0, seconds.orElse(0L)));
            return wanted.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wanted;
        } catch (NumberFormatException e) {
            return Duration.ZERO;
        }
    }
}
