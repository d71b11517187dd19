package com.amrutam.system.chaos;

import com.amrutam.localstack.server.Ports;
import com.amrutam.localstack.server.Progress;
import com.amrutam.localstack.server.ServerProcess;
import com.amrutam.localstack.server.ServicePorts;
import com.amrutam.localstack.server.Services;
import com.amrutam.localstack.server.Stack;
import com.amrutam.localstack.server.StackDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two of everything that can be two: beside the first instance of each service, which runs already, a second one, and two
 * gateways in front of both. The second ones stand in a zone of their own: what lies between them and the rest is a
 * {@link Link}.
 */
final class Fleet {
    static final String ZONE = "-2";

    private static final Duration STOP = Duration.ofSeconds(20);

    private final List<ServerProcess> servers;
    private final List<ServerProcess> services;
    private final List<ServerProcess> zone;
    private final List<ServerProcess> gateways;
    private final List<Link> links = new ArrayList<>();
    private final LogQuota quota;
    private final LogDisk disk;
    private final boolean isDiskToBeHad;

    /**
     * Starts what is missing and returns when all of it serves.
     *
     * @param first where the services listen that run already
     */
    Fleet(Stack stack, StackDirectory directory, Path repository, ServicePorts first, List<ServerProcess> services)
            throws IOException, InterruptedException {
        this.servers = stack.servers();
        this.quota = new LogQuota(stack);
        this.disk = new LogDisk(stack);
        // An earlier run that was killed may have left it full.
        disk.lift();
        this.isDiskToBeHad = LogDisk.isToBeHad();
        this.services = services.stream()
                .filter(process -> !process.server().name().equals("gateway"))
                .toList();
        var toPostgres = link("zone 2 to postgres", portOf("postgres"));
        var toRedis = link("zone 2 to redis", portOf("redis"));
        var toRegistry = link("zone 2 to registry", portOf("registry"));
        var far = new HashMap<String, String>();
        far.put(
                "AMRUTAM_DATASOURCE_URL",
                stack.databaseUrl().replace(":" + portOf("postgres"), ":" + toPostgres.port()));
        far.put("AMRUTAM_REDIS_URL", stack.redisUrl().replace(":" + portOf("redis"), ":" + toRedis.port()));
        far.put(
                "AMRUTAM_SCHEMAREGISTRY_URL",
                stack.registryUrl().toString().replace(":" + portOf("registry"), ":" + toRegistry.port()));
        var ports = ServicePorts.free();
        this.zone = Services.beside(stack, directory, repository, ports, ZONE, far, false);
        var seenFromGateways = new ServicePorts(
                0,
                0,
                link("gateways to identity-2", ports.identity()).port(),
                link("gateways to doctor-2", ports.doctor()).port(),
                link("gateways to booking-2", ports.booking()).port(),
                link("gateways to notification-2", ports.notification()).port());
        var doors = Ports.free(2);
        this.gateways = List.of(
                Services.gateway(stack, directory, repository, "-a", doors[0], List.of(first, seenFromGateways), false),
                Services.gateway(
                        stack, directory, repository, "-b", doors[1], List.of(first, seenFromGateways), false));
        stopSeconds();
        Services.start(Stream.concat(zone.stream(), gateways.stream()).toList(), Progress.NONE);
    }

    List<URI> doors() {
        return gateways.stream()
                .map(gateway ->
                        URI.create("http://127.0.0.1:" + gateway.server().port()))
                .toList();
    }

    List<ServerProcess> servers() {
        return servers;
    }

    /** All instances of the services but the gateways. */
    List<ServerProcess> services() {
        return Stream.concat(services.stream(), zone.stream()).toList();
    }

    /** The second instances of the services. */
    List<ServerProcess> zone() {
        return zone;
    }

    List<ServerProcess> gateways() {
        return gateways;
    }

    List<Link> links() {
        return links;
    }

    LogQuota quota() {
        return quota;
    }

    /** A small disk for Postgres' log; empty where none may be mounted. */
    Optional<LogDisk> disk() {
        return Optional.of(disk).filter(disk -> isDiskToBeHad);
    }

    /** The places in Postgres' log from which outboxes are relayed, by name. */
    List<String> relays() {
        return zone.stream()
                .map(process -> process.server().name().replace(ZONE, "_outbox"))
                .toList();
    }

    /** The other instance of the same service, where there is one. */
    Optional<ServerProcess> siblingOf(ServerProcess process) {
        var name = process.server().name();
        var sibling = name.endsWith(ZONE) ? name.substring(0, name.length() - ZONE.length()) : name + ZONE;
        return services().stream()
                .filter(other -> other.server().name().equals(sibling))
                .findFirst();
    }

    private Link link(String name, int target) throws IOException {
        var link = new Link(name, target);
        links.add(link);
        return link;
    }

    ServerProcess server(String name) {
        return servers.stream()
                .filter(candidate -> Processes.name(candidate).equals(name))
                .findFirst()
                .orElseThrow();
    }

    private int portOf(String server) {
        return server(server).server().port();
    }

    /** An earlier run that was killed may have left some. */
    private void stopSeconds() throws IOException, InterruptedException {
        for (var process : Stream.concat(gateways.stream(), zone.stream()).toList()) {
            process.stop(STOP);
        }
    }

    /** Leaves what ran before as it was: on its feet, and alone. */
    void leave() throws IOException, InterruptedException {
        quota.lift();
        disk.lift();
        for (var process : Stream.concat(servers.stream(), services.stream()).toList()) {
            process.thaw();
            process.start();
        }
        stopSeconds();
        for (var link : links) {
            link.close();
        }
    }
}
