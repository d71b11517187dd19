package com.amrutam.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The services behind the gateway. */
@Component
public class Services {
    private static final Logger log = LoggerFactory.getLogger(Services.class);
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

    private final Map<String, Service> services = new TreeMap<>();
    private final CloseableHttpClient client;

    Services(
            ServiceProperties properties,
            UpstreamProperties upstream,
            CloseableHttpClient client,
            MeterRegistry meters) {
        this.client = client;
        var config = CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
                .slidingWindowSize((int) upstream.breaker().window().toSeconds())
                .minimumNumberOfCalls(upstream.breaker().minimumCalls())
                .failureRateThreshold(upstream.breaker().failurePercent())
                .waitDurationInOpenState(upstream.breaker().pause())
                .permittedNumberOfCallsInHalfOpenState(1)
                .build();
        properties.services().forEach((name, addresses) -> {
            if (addresses.isEmpty() || addresses.stream().anyMatch(address -> address.getHost() == null)) {
                throw unknown(name);
            }
            var breaker = CircuitBreaker.of(name, config);
            breaker.getEventPublisher()
                    .onStateTransition(event -> log.atWarn()
                            .addKeyValue("upstream", name)
                            .addKeyValue("from", event.getStateTransition().getFromState())
                            .addKeyValue("to", event.getStateTransition().getToState())
                            .log("The circuit breaker of a service has switched"));
            var service = new Service(name, addresses, breaker);
            services.put(name, service);
            Gauge.builder("amrutam.gateway.instances.ready", service, Service::ready)
                    .description("Instances of a service that take requests")
                    .tag("upstream", name)
                    .register(meters);
            Gauge.builder(
                            "amrutam.gateway.breaker.open",
                            breaker,
                            one -> one.getState() == CircuitBreaker.State.CLOSED ? 0 : 1)
                    .description("1 while a service's requests are refused without asking it")
                    .tag("upstream", name)
                    .register(meters);
        });
    }

    /**
     * The service of this name.
     *
     * @throws IllegalStateException when nobody said where it is
     */
    Service named(String name) {
        var service = services.get(name);
        if (service == null) {
            throw unknown(name);
        }
        return service;
    }

    Collection<Service> all() {
        return services.values();
    }

    /**
     * Asks a service in the gateway's own name.
     *
     * @param headers to send along
     * @throws IOException when there is no answer, or one other than 200
     */
    public byte[] get(String service, String path, Map<String, String> headers) throws IOException {
        var instance = named(service).pick(null);
        var request = new HttpGet(path);
        headers.forEach(request::setHeader);
        return client.execute(instance.host(), request, answer -> {
            var body = EntityUtils.toByteArray(answer.getEntity(), MAX_ANSWER_BYTES);
            if (answer.getCode() != 200) {
                throw new IOException(service + " answered " + path + " with " + answer.getCode());
            }
            return body;
        });
    }

    private static IllegalStateException unknown(String name) {
        return new IllegalStateException(
                "Set amrutam.gateway.services.%s to where the service is, such as http://%s:8080"
                        .formatted(name, name));
    }
}
