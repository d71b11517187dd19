package com.amrutam.gateway.upstream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Asks every instance again and again whether it takes requests, so that one that stops (its readiness says so before it
 * closes the door), hangs or comes back is known without a client's request being spent on it.
 */
@Component
class WatchInstances implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(WatchInstances.class);
    private static final String READINESS = "/actuator/health/readiness";

    private final Services services;
    private final CloseableHttpClient client;
    private final UpstreamProperties properties;
    private final RequestConfig patience;
    private volatile @org.jspecify.annotations.Nullable ExecutorService threads;

    WatchInstances(Services services, CloseableHttpClient client, UpstreamProperties properties) {
        this.services = services;
        this.client = client;
        this.properties = properties;
        this.patience = RequestConfig.custom()
                .setResponseTimeout(Timeout.of(properties.probeInterval()))
                .build();
    }

    @Override
    public void start() {
        var executor = Executors.newVirtualThreadPerTaskExecutor();
        threads = executor;
        executor.submit(() -> watch(executor));
    }

    @Override
    public void stop() {
        var executor = threads;
        if (executor != null) {
            executor.shutdownNow();
            threads = null;
        }
    }

    @Override
    public boolean isRunning() {
        return threads != null;
    }

    private void watch(ExecutorService executor) {
        try {
            while (!executor.isShutdown()) {
                look(executor);
                Thread.sleep(properties.probeInterval());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(ExecutorService executor) throws InterruptedException {
        var probes = new ArrayList<Future<?>>();
        for (var service : services.all()) {
            service.resolve();
            for (var instance : service.instances()) {
                probes.add(executor.submit(() -> probe(service, instance)));
            }
        }
        for (var probe : probes) {
            try {
                probe.get();
            } catch (ExecutionException e) {
                log.atWarn().setCause(e).log("An instance could not be looked at");
            }
        }
    }

    private void probe(Service service, Instance instance) {
        boolean ready = isReady(instance);
        if (instance.setReady(ready)) {
            log.atInfo()
                    .addKeyValue("upstream", service.name())
                    .addKeyValue("instance", instance.host())
                    .addKeyValue("ready", ready)
                    .log(ready ? "An instance takes requests again" : "An instance takes no requests");
        }
    }

    private boolean isReady(Instance instance) {
        var request = new HttpGet(READINESS);
        request.setConfig(patience);
        try {
            return client.execute(instance.host(), request, answer -> answer.getCode() == 200);
        } catch (IOException e) {
            return false;
        }
    }
}
