package com.amrutam.localstack.topic;

import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Trouble;
import com.amrutam.localstack.server.Keyset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The three steps of rotating the keys that encrypt codes in events. The keyset never appears among the arguments. */
@Command(
        name = "keyset",
        description = {
            "Reads a keyset (the value of AMRUTAM_CODES_KEYSET) from standard input and prints it changed.",
            "To rotate: add, give it to all services; promote, give it to all services; a day later retire, give it to all."
        })
final class RotateKeys implements Callable<Integer> {
    /** What is done to the keyset. */
    enum Step {
        add,
        promote,
        retire
    }

    @Parameters(
            paramLabel = "STEP",
            description =
                    "add: one more key, which decrypts. promote: the newest key encrypts. retire: the others are gone.")
    private Step step = Step.add;

    @Override
    public Integer call() throws IOException {
        Keyset before;
        try {
            before = Keyset.parse(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new Trouble(ExitCode.WRONG_USAGE, "Standard input is not a keyset: " + e);
        }
        var after = switch (step) {
            case add -> before.withNewKey();
            case promote -> before.promoted();
            case retire -> before.withPrimaryAlone();
        };
        System.out.println(after.written());
        return 0;
    }
}
