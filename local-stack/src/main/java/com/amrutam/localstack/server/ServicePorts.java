package com.amrutam.localstack.server;

import java.net.URI;

/** Where the services listen on loopback. */
public record ServicePorts(int gateway, int identity, int doctor, int booking, int notification) {
    /** The ones people know, which {@code ./amrutam up} takes. */
    public static final ServicePorts STANDARD = new ServicePorts(8080, 8081, 8082, 8083, 8084);

    /** Five that nobody listens on now. */
    public static ServicePorts free() {
        var free = Ports.free(5);
        return new ServicePorts(free[0], free[1], free[2], free[3], free[4]);
    }

    /** Where clients call the API. */
    public URI api() {
        return URI.create("http://127.0.0.1:" + gateway);
    }

    /** Where the messages that would have been sent can be read. */
    public URI messages() {
        return URI.create("http://127.0.0.1:" + notification);
    }
}
