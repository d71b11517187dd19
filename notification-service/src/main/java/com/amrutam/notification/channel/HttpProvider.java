package com.amrutam.notification.channel;

import com.amrutam.notification.channel.Channel.Answer;
import com.amrutam.notification.channel.Channel.Letter;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import tools.jackson.core.io.JsonStringEncoder;

/** One provider: asked as configured, and left alone for a while when it keeps failing. */
final class HttpProvider {
    private static final int TOO_MANY_REQUESTS = 429;
    /** A proxy before the provider speaks: what the provider itself did with the message it cannot tell. */
    private static final Set<Integer> SAID_BY_A_PROXY = Set.of(502, 504);
    /** About this message and not about the provider: the next message may well be taken. */
    private static final Set<Integer> FAULT_OF_THE_MESSAGE = Set.of(400, 404, 410, 422);

    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);
    /** Of an answer no more is read, however much comes. */
    private static final int LONGEST_ANSWER = 64 * 1024;

    private final HttpChannelProperties.Provider provider;
    private final HttpChannelProperties.Providers settings;
    private final HttpClient http;
    private final CircuitBreaker breaker;
    private final Clock clock;

    HttpProvider(
            HttpChannelProperties.Provider provider,
            HttpChannelProperties.Providers settings,
            HttpClient http,
            CircuitBreaker breaker,
            Clock clock) {
        this.provider = provider;
        this.settings = settings;
        this.http = http;
        this.breaker = breaker;
        this.clock = clock;
    }

    String name() {
        return provider.name();
    }

    /** True while the provider is left alone because it kept failing. */
    boolean isLeftAlone() {
        return breaker.getState() != CircuitBreaker.State.CLOSED;
    }

    Answer send(Letter letter) {
        if (!breaker.tryAcquirePermission()) {
            return new Answer.Refused(name() + " is left alone for a while");
        }
        var begun = System.nanoTime();
        var said = ask(letter);
        var took = System.nanoTime() - begun;
        if (said.isFailure()) {
            breaker.onError(took, TimeUnit.NANOSECONDS, new ProviderFailed());
        } else {
            breaker.onSuccess(took, TimeUnit.NANOSECONDS);
        }
        return said.answer();
    }

    /** @param isFailure of the provider, not of the one message */
    private record Said(Answer answer, boolean isFailure) {
        static Said failure(Answer answer) {
            return new Said(answer, true);
        }
    }

    private Said ask(Letter letter) {
        // The client's own time-out ends with the headers; a body that never ends has to be left too.
        var asked = http.sendAsync(
                request(letter), BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), LONGEST_ANSWER));
        try {
            return judged(letter, asked.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            asked.cancel(true);
            return Said.failure(new Answer.Unsure(name() + " did not answer in time"));
        } catch (ExecutionException e) {
            return Said.failure(
                    e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException
                            ? new Answer.Refused(name() + " cannot be reached")
                            : new Answer.Unsure(name() + " did not answer"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Said(new Answer.Unsure("Interrupted while asking " + name()), false);
        }
    }

    private Said judged(Letter letter, HttpResponse<String> answer) {
        int status = answer.statusCode();
        var says = name() + " answered " + status;
        if (status == TOO_MANY_REQUESTS) {
            return Said.failure(new Answer.Refused(says, retryAfter(answer.headers())));
        }
        if (SAID_BY_A_PROXY.contains(status)) {
            return Said.failure(new Answer.Unsure(says));
        }
        // A redirect is no yes: the message went nowhere, and following would take the key to strangers.
        if (status / 100 != 2) {
            return new Said(
                    new Answer.Refused(says, retryAfter(answer.headers())), !FAULT_OF_THE_MESSAGE.contains(status));
        }
        var accepted = provider.accepted();
        if (accepted != null && !accepted.matcher(answer.body()).find()) {
            return Said.failure(new Answer.Refused(says + " without accepting"));
        }
        return new Said(new Answer.Taken(name(), reference(letter, answer.body())), false);
    }

    private String reference(Letter letter, String answer) {
        Pattern pattern = provider.reference();
        if (pattern != null) {
            var found = pattern.matcher(answer);
            if (found.find()) {
                return found.group(1);
            }
        }
        return letter.id().toString();
    }

    private HttpRequest request(Letter letter) {
        UnaryOperator<String> inBody = provider.contentType().startsWith("application/json")
                ? text -> new String(JsonStringEncoder.getInstance().quoteAsCharArray(text))
                : HttpProvider::urlEncoded;
        var request = HttpRequest.newBuilder(
                        URI.create(filled(provider.url().toString(), letter, HttpProvider::urlEncoded)))
                .timeout(settings.timeout())
                .header("Content-Type", provider.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(filled(provider.body(), letter, inBody)));
        provider.headers().forEach(request::header);
        return request.build();
    }

    private String filled(String template, Letter letter, UnaryOperator<String> escape) {
        var templateId = settings.templateIds().getOrDefault(letter.kind() + "." + letter.language(), "");
        return template.replace("{to}", escape.apply(letter.to()))
                .replace("{digits}", escape.apply(letter.to().substring(1)))
                .replace("{id}", letter.id().toString())
                .replace("{entityId}", escape.apply(settings.entityId()))
                .replace("{templateId}", escape.apply(templateId))
                .replace("{encoding}", escape.apply(encoding(letter)))
                // Last, so that nothing in a text is taken for a place to fill.
                .replace("{text}", escape.apply(letter.text()));
    }

    private String encoding(Letter letter) {
        return provider.encodings().getOrDefault(SmsLength.of(letter.text()).encoding(), "");
    }

    private static String urlEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Seconds or a date (RFC 9110); what is neither says nothing. */
    private Duration retryAfter(HttpHeaders headers) {
        var value = headers.firstValue("Retry-After").orElse("0").strip();
        try {
            var wanted = value.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(value))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return wanted.isNegative() ? Duration.ZERO : shorter(wanted, LONGEST_RETRY_AFTER);
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** For the breaker, which counts exceptions; never thrown. */
    private static final class ProviderFailed extends Exception {
        ProviderFailed() {
            super(null, null, false, false);
        }
    }
}
