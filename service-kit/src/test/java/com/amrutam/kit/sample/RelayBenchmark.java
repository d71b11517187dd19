package com.amrutam.kit.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * How fast the relay is, in a process that compiles as services do; the one of the tests stops at C1. Not part of the
 * tests, since a figure is no verdict; run it with
 * {@code ./amrutam test service-kit -Dtest=RelayBenchmark -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class RelayBenchmark {
    @Test
    void figures() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RelayFigures.class.getName())
                .redirectErrorStream(true)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));

        process.inputReader().lines().forEach(System.out::println);
        assertThat(process.waitFor()).isZero();
    }
}
