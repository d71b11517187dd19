package com.amrutam.notification.channel;

import com.amrutam.notification.channel.HttpChannelProperties.Provider;
import com.amrutam.notification.channel.HttpChannelProperties.Providers;
import com.amrutam.notification.template.Kind;
import com.amrutam.notification.template.Templates;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A channel whose messages go to the first provider that takes them. */
final class HttpChannel implements Channel {
    private static final Logger log = LoggerFactory.getLogger(HttpChannel.class);
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private final ChannelName name;
    private final List<HttpProvider> providers;
    private final MeterRegistry metrics;

    HttpChannel(ChannelName name, Providers settings, Clock clock, MeterRegistry metrics) {
        this.name = name;
        this.metrics = metrics;
        requireTemplateIds(name, settings);
        settings.providers().forEach(HttpChannel::requireEncodings);
        var http = HttpClient.newBuilder()
                .connectTimeout(settings.timeout().dividedBy(2))
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        this.providers = settings.providers().stream()
                .map(provider -> new HttpProvider(provider, settings, http, breaker(provider.name()), clock))
                .toList();
        providers.forEach(provider -> Gauge.builder("amrutam.provider.open", () -> provider.isLeftAlone() ? 1 : 0)
                .description("1 while a provider of messages is left alone because it kept failing")
                .tag("channel", name.name())
                .tag("provider", provider.name())
                .register(metrics));
    }

    /** An operator throws away what comes without a template id: found out at the start, not by who waits for a code. */
    private static void requireTemplateIds(ChannelName name, Providers settings) {
        if (settings.providers().stream().noneMatch(provider -> provider.mentions("{templateId}"))) {
            return;
        }
        var missing = Arrays.stream(Kind.values())
                .filter(kind -> name == ChannelName.SMS ? kind != Kind.EMAIL_CODE : !kind.isCode())
                .flatMap(kind -> Templates.LANGUAGES.stream().map(language -> kind + "." + language.getLanguage()))
                .filter(text -> !settings.templateIds().containsKey(text))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException(
                    "A provider of %s wants template ids, and amrutam.notification.%s.template-ids lacks %s"
                            .formatted(name, name.name().toLowerCase(Locale.ROOT), missing));
        }
    }

    /** A text in the wrong encoding arrives as question marks. */
    private static void requireEncodings(Provider provider) {
        if (provider.mentions("{encoding}") && provider.encodings().size() < SmsLength.Encoding.values().length) {
            throw new IllegalStateException(
                    "The provider %s wants to know how a text is encoded, and its encodings are not both named: %s"
                            .formatted(provider.name(), List.of(SmsLength.Encoding.values())));
        }
    }

    /** Half of the last ten failed: left alone for ten seconds, then tried with one message. */
    private static CircuitBreaker breaker(String provider) {
        return CircuitBreaker.of(
                provider,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .waitDurationInOpenState(Duration.ofSeconds(10))
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
    }

    @Override
    public ChannelName name() {
        return name;
    }

    @Override
    public Answer send(Letter letter) {
        if (!E164.matcher(letter.to()).matches()) {
            return new Answer.Undeliverable("Not a phone number");
        }
        Answer last = new Answer.Refused("No provider");
        for (var provider : providers) {
            last = provider.send(letter);
            count(provider, letter, last);
            boolean isDecided = switch (last) {
                case Answer.Taken _, Answer.Undeliverable _ -> true;
                case Answer.Unsure _ -> !letter.mayComeTwice();
                case Answer.Refused _ -> false;
            };
            if (isDecided) {
                break;
            }
        }
        return last;
    }

    private void count(HttpProvider provider, Letter letter, Answer answer) {
        var outcome = switch (answer) {
            case Answer.Taken _ -> "taken";
            case Answer.Refused refused -> told(refused.why(), "refused");
            case Answer.Undeliverable undeliverable -> told(undeliverable.why(), "refused");
            case Answer.Unsure unsure -> told(unsure.why(), "uncertain");
        };
        metrics.counter(
                        "amrutam.provider.answers",
                        "channel",
                        name.name(),
                        "provider",
                        provider.name(),
                        "outcome",
                        outcome)
                .increment();
        if (name == ChannelName.SMS && answer instanceof Answer.Taken) {
            // What a provider's bill counts.
            var length = SmsLength.of(letter.text());
            metrics.counter(
                            "amrutam.sms.segments",
                            "provider",
                            provider.name(),
                            "kind",
                            letter.kind(),
                            "encoding",
                            length.encoding().name())
                    .increment(length.segments());
        }
    }

    private static String told(String why, String outcome) {
        log.atWarn().addKeyValue("cause", why).log("A provider did not take a message");
        return outcome;
    }
}
