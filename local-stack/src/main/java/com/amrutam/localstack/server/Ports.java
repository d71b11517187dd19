package com.amrutam.localstack.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;

/**
 * Where the servers listen on loopback.
 *
 * @param kafka Kafka for whoever is on this machine, without a login
 * @param kafkaUsers Kafka for users, who log in and may do what {@link com.amrutam.events.Access} says
 * @param kafkaController the broker's own quorum, nobody else's business
 * @param registryManagement the registry's health
 */
public record Ports(
        int postgres,
        int replica,
        int kafka,
        int kafkaUsers,
        int kafkaController,
        int redis,
        int registry,
        int registryManagement) {
    /** The ones people know, which {@code ./amrutam up} takes. */
    public static final Ports STANDARD = new Ports(15432, 15433, 19092, 19094, 19093, 16379, 18081, 18082);

    /** Eight that nobody listens on now. */
    public static Ports free() {
        var free = free(8);
        return new Ports(free[0], free[1], free[2], free[3], free[4], free[5], free[6], free[7]);
    }

    /** Different ports that nobody listens on now. */
    public static int[] free(int count) {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            for (var socket : sockets) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    /** True when somebody listens on this port of loopback. */
    public static boolean isTaken(int port) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
