package com.amrutam.localstack;

import com.amrutam.localstack.demo.DemoDoctors;
import com.amrutam.localstack.demo.Journey;
import com.amrutam.localstack.demo.Narrator;
import com.amrutam.localstack.server.Ports;
import com.amrutam.localstack.server.Progress;
import com.amrutam.localstack.server.ServicePorts;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the product at work. */
@Command(
        name = "demo",
        description = "A patient's whole journey through the gateway, step by step; brings the stack up if it is not.")
final class Demo implements Callable<Integer> {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:AMRUTAM_KAFKA}",
            description = "Bootstrap servers, where there are several brokers (environment: AMRUTAM_KAFKA).")
    private @Nullable String bootstrapServers;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Home.open(Progress.NONE);
        if (!home.isUp()) {
            if (runsElsewhere(home)) {
                new DemoDoctors(home.stack(), ServicePorts.STANDARD).seedIfNone();
            } else {
                new Up().call();
            }
        }
        try {
            var stack = home.stack();
            new Journey(
                            bootstrapServers == null ? stack.bootstrapServers() : bootstrapServers,
                            stack.registryUrl(),
                            new Narrator(System.out, Board.isTerminal()))
                    .go();
            return 0;
        } catch (IllegalStateException e) {
            throw new Trouble(ExitCode.DEMO_FAILED, "\nThe demo stopped: " + e.getMessage());
        }
    }

    /** Whether containers, say, answer at our addresses. */
    private static boolean runsElsewhere(Home home) {
        return home.processes().stream().allMatch(process -> process.handle().isEmpty())
                && Ports.isTaken(ServicePorts.STANDARD.gateway())
                && Ports.isTaken(ServicePorts.STANDARD.notification());
    }
}
