package com.amrutam.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What others use on our system, from npm, installed once. */
final class NodePackages {
    static final Path DIRECTORY = Path.of("src/test/node");
    private static boolean installed;

    private NodePackages() {}

    /** Where a file of a package is. */
    static synchronized Path file(String path) throws IOException, InterruptedException {
        if (!installed) {
            // Not the standard input: node would set it non-blocking, and Surefire reads it too.
            var process = new ProcessBuilder(List.of("npm", "ci", "--silent"))
                    .directory(DIRECTORY.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            assertThat(process.waitFor()).as("npm ci").isZero();
            installed = true;
        }
        return DIRECTORY.resolve("node_modules").resolve(path).toAbsolutePath();
    }
}
