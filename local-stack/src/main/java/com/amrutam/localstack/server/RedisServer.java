package com.amrutam.localstack.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Redis 7: caches and rate limits, nothing that must survive, so nothing is written to disk. */
final class RedisServer implements Server {
    private static final int TIMEOUT_MILLIS = 500;

    private final int port;
    private final Path data;

    RedisServer(int port, StackDirectory directory) {
        this.port = port;
        this.data = directory.data("redis");
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Launch prepare() throws IOException {
        Directories.createPrivate(data);
        return new Launch(
                List.of(
                        MachineCache.redis().toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        data.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--maxmemory",
                        "128mb",
                        "--maxmemory-policy",
                        "allkeys-lru"),
                Map.of());
    }

    @Override
    public boolean isReady() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
        } catch (IOException e) {
            return false;
        }
    }
}
