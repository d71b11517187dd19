package com.amrutam.localstack;

import com.amrutam.localstack.server.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Passwords and keys for the compose files, which have none of their own. */
@Command(
        name = "secrets",
        description = "Writes new passwords and keys for the compose files to .env; never over those in use.")
final class NewSecrets implements Callable<Integer> {
    @Option(names = "--out", paramLabel = "FILE", description = "Where to; .env in this directory by default.")
    private Path file = Path.of(System.getProperty("amrutam.home", "."), ".env");

    @Override
    public Integer call() throws IOException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new Trouble(ExitCode.WRONG_USAGE, file + " is there already; a stack may need what is in it.");
        }
        Files.writeString(
                file,
                Secrets.fresh().environment().entrySet().stream()
                        .map(secret -> secret.getKey() + '=' + secret.getValue())
                        .collect(Collectors.joining("\n", "", "\n")),
                StandardCharsets.UTF_8);
        System.out.println("Wrote " + file);
        return 0;
    }
}
