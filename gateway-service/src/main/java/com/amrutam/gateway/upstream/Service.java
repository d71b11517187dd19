package com.amrutam.gateway.upstream;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service and its instances. Of two taken by lot the less busy one gets a request, which spreads load nearly as well as
 * knowing all of them would, and sends nobody's first requests all to the same one (Mitzenmacher, "The Power of Two
 * Choices", 2001).
 */
final class Service {
    private static final Logger log = LoggerFactory.getLogger(Service.class);

    private final String name;
    private final List<URI> addresses;
    private final CircuitBreaker breaker;
    private volatile List<Instance> instances;

    Service(String name, List<URI> addresses, CircuitBreaker breaker) {
        this.name = name;
        this.addresses = List.copyOf(addresses);
        this.breaker = breaker;
        this.instances = addresses.stream()
                .map(address -> new Instance(host(address, address.getHost())))
                .toList();
    }

    String name() {
        return name;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    List<Instance> instances() {
        return instances;
    }

    /** How many instances take requests. */
    long ready() {
        return instances.stream().filter(Instance::isReady).count();
    }

    /**
     * Who gets the next request. When none is ready any may get it: the one who says so may be the one who is wrong.
     *
     * @param except who has just failed, and gets it only when nobody else is there
     */
    Instance pick(@Nullable Instance except) {
        var all = instances;
        if (all.size() == 1) {
            return all.getFirst();
        }
        var others = all.stream().filter(one -> one != except).toList();
        var ready = others.stream().filter(Instance::isReady).toList();
        var candidates = ready.isEmpty() ? others : ready;
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        var random = ThreadLocalRandom.current();
        int first = random.nextInt(candidates.size());
        int second = (first + 1 + random.nextInt(candidates.size() - 1)) % candidates.size();
        var one = candidates.get(first);
        var other = candidates.get(second);
        return other.inFlight() < one.inFlight() ? other : one;
    }

    /** Asks the name service again; every address that a name has is an instance. */
    void resolve() {
        var known = new LinkedHashMap<String, Instance>();
        instances.forEach(instance -> known.put(key(instance.host()), instance));
        var found = new LinkedHashMap<String, Instance>();
        for (var address : addresses) {
            try {
                Arrays.stream(InetAddress.getAllByName(address.getHost()))
                        .map(ip -> host(address, ip.getHostAddress()))
                        .forEach(host -> found.put(
                                key(host), known.containsKey(key(host)) ? known.get(key(host)) : new Instance(host)));
            } catch (UnknownHostException e) {
                log.atWarn()
                        .addKeyValue("upstream", name)
                        .addKeyValue("host", address.getHost())
                        .log("A service's name leads nowhere; going on with the instances known");
                return;
            }
        }
        if (!Map.copyOf(found).keySet().equals(known.keySet())) {
            instances = List.copyOf(found.values());
            log.atInfo()
                    .addKeyValue("upstream", name)
                    .addKeyValue("instances", found.keySet())
                    .log("A service has other instances now");
        }
    }

    private static HttpHost host(URI address, String hostName) {
        int port = address.getPort() >= 0 ? address.getPort() : "https".equals(address.getScheme()) ? 443 : 80;
        return new HttpHost(address.getScheme(), hostName, port);
    }

    private static String key(HttpHost host) {
        return host.toURI();
    }
}
