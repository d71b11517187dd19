package com.amrutam.notification.channel;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** SMS by the first provider that takes it. */
@Profile("!local")
@ConditionalOnProperty("amrutam.notification.sms.providers[0].name")
@Component
class SmsChannel implements Channel {
    private static final Logger log = LoggerFactory.getLogger(SmsChannel.class);

    private final List<SmsProvider> providers;
    private final MeterRegistry metrics;

    SmsChannel(SmsProperties properties, MeterRegistry metrics) {
        this.metrics = metrics;
        var http = HttpClient.newBuilder()
                .connectTimeout(properties.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        this.providers = properties.providers().stream()
                .map(provider -> new SmsProvider(
                        provider, properties.timeout(), properties.templateIds(), http, breaker(provider.name())))
                .toList();
    }

    /** Half of the last ten failed: left alone for ten seconds, then tried with one message. */
    private CircuitBreaker breaker(String provider) {
        var breaker = CircuitBreaker.of(
                provider,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .waitDurationInOpenState(Duration.ofSeconds(10))
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .build());
        Gauge.builder("amrutam.provider.open", () -> breaker.getState() == CircuitBreaker.State.CLOSED ? 0 : 1)
                .description("1 while a provider of messages is left alone because it kept failing")
                .tag("provider", provider)
                .register(metrics);
        return breaker;
    }

    @Override
    public ChannelName name() {
        return ChannelName.SMS;
    }

    @Override
    public void send(Letter letter) throws NotTaken {
        var last = new NotTaken("No provider");
        for (var provider : providers) {
            try {
                provider.send(letter);
                count(provider, "taken");
                return;
            } catch (NotTaken e) {
                count(provider, e.isUncertain() ? "uncertain" : "refused");
                log.atWarn()
                        .addKeyValue("messageId", letter.id())
                        .addKeyValue("cause", e.getMessage())
                        .log("A provider did not take a message");
                last = e;
                if (e.isUncertain() && !letter.mayComeTwice()) {
                    break;
                }
            }
        }
        throw last;
    }

    private void count(SmsProvider provider, String outcome) {
        metrics.counter("amrutam.provider.answers", "provider", provider.name(), "outcome", outcome)
                .increment();
    }
}
