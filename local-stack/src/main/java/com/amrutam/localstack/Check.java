package com.amrutam.localstack;

import com.amrutam.localstack.demo.InstallationCheck;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code helm test} runs. */
@Command(
        name = "check",
        description = {
            "Whether an installation works, wherever it runs: the gateway takes requests, finds doctors and lets nobody in",
            "without a code. Where messages can be read, an appointment is booked and cancelled too."
        })
final class Check implements Callable<Integer> {
    @Parameters(paramLabel = "URL", description = "Where the gateway is, such as http://amrutam-gateway:8080.")
    private URI url = URI.create("");

    @Option(
            names = "--messages",
            paramLabel = "URL",
            description = "Where notification shows messages instead of sending them (profile local).")
    private @Nullable URI messages;

    @Option(names = "--only-ready", description = "URL is that of another service: only whether it takes requests.")
    private boolean onlyReady;

    @Override
    public Integer call() throws InterruptedException {
        try (var check = new InstallationCheck(url, System.out)) {
            if (onlyReady) {
                check.isReady();
            } else {
                check.refusesStrangers();
                if (messages != null) {
                    check.booksAnAppointment(messages);
                }
            }
            return 0;
        } catch (IllegalStateException e) {
            throw new Trouble(ExitCode.FAILED, "It does not work: " + e.getMessage());
        }
    }
}
