package com.amrutam.localstack.server;

import java.net.URI;
import java.util.Map;

/**
 * Where the services listen on loopback.
 *
 * @param gatewayManagement health and metrics of the gateway, whose own port faces the world
 */
public record ServicePorts(
        int gateway, int gatewayManagement, int identity, int doctor, int booking, int notification) {
    /** The ones people know, which {@code ./amrutam up} takes. */
    public static final ServicePorts STANDARD = new ServicePorts(8080, 8085, 8081, 8082, 8083, 8084);

    /** Six that nobody listens on now. */
    public static ServicePorts free() {
        var free = Ports.free(6);
        return new ServicePorts(free[0], free[1], free[2], free[3], free[4], free[5]);
    }

    /** Where clients call the API. */
    public URI api() {
        return URI.create("http://127.0.0.1:" + gateway);
    }

    /** Where each service tells of its metrics. */
    public Map<String, URI> metrics() {
        return Map.of(
                "gateway", metrics(gatewayManagement),
                "identity", metrics(identity),
                "doctor", metrics(doctor),
                "booking", metrics(booking),
                "notification", metrics(notification));
    }

    private static URI metrics(int port) {
        return URI.create("http://127.0.0.1:" + port + "/actuator/prometheus");
    }

    /** Where the messages that would have been sent can be read. */
    public URI messages() {
        return URI.create("http://127.0.0.1:" + notification);
    }
}
