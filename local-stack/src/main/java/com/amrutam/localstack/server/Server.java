package com.amrutam.localstack.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process of the stack: how to start it, and how to see that it serves. */
public interface Server {
    /** How a server is started: the command line and what its environment has beyond ours. */
    record Launch(List<String> command, Map<String, String> environment) {}

    /** The name people use: {@code postgres}, {@code booking}. Log and pid file are called the same. */
    String name();

    /** The port it is known by. */
    int port();

    /** Brings the data directory and configuration into shape, and answers the command. */
    Launch prepare() throws IOException, InterruptedException;

    /** True once it answers. */
    boolean isReady();

    /** The signal that asks it to finish in good order. */
    default String stopSignal() {
        return "TERM";
    }

    /** Java of the process we run in: the launcher made sure that it is the right one. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
