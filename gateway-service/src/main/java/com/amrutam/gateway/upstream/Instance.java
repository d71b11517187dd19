package com.amrutam.gateway.upstream;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.HttpHost;

/** One process of a service: where it is, whether it takes requests, and how many of ours it is busy with. */
final class Instance {
    private final HttpHost host;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean ready = true;

    Instance(HttpHost host) {
        this.host = host;
    }

    HttpHost host() {
        return host;
    }

    /** Until it is known better, an instance is taken to be ready. */
    boolean isReady() {
        return ready;
    }

    /** @return whether that is news */
    boolean setReady(boolean is) {
        boolean was = ready;
        ready = is;
        return was != is;
    }

    int inFlight() {
        return inFlight.get();
    }

    void begin() {
        inFlight.incrementAndGet();
    }

    void end() {
        inFlight.decrementAndGet();
    }
}
