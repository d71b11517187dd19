package com.amrutam.system.check;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the clients of a run asked for and were told, all of it: a person in here does nothing that is not in here. Many
 * threads may add.
 */
public final class History implements AutoCloseable {
    private final List<Request> requests = new ArrayList<>();
    private final BufferedWriter file;

    private History(BufferedWriter file) {
        this.file = file;
    }

    /** A history that is also written to a file, a line of JSON each request, for who wants to look later. */
    public static History to(Path file) throws IOException {
        return new History(Files.newBufferedWriter(file));
    }

    /** The history in a file. */
    public static List<Request> read(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(Request::ofLine).toList();
        }
    }

    public synchronized void add(Request request) {
        requests.add(request);
        try {
            file.write(request.toLine());
            file.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All requests so far, in the order they ended. */
    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
