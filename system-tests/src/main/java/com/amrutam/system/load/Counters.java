package com.amrutam.system.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The counters that a HotSpot JVM keeps in a file that it maps into its memory, for {@code jstat} and the like. Read here
 * since a {@code jstat} for each process takes seconds where the processors are busy, and is load of its own. The layout
 * is that of version 2.0 in HotSpot's {@code perfMemory.hpp}.
 */
final class Counters {
    private static final int MAGIC = 0xcafec0c0;
    private static final int BYTE_ORDER = 4;
    private static final int FIRST_ENTRY = 24;
    private static final int ENTRIES = 28;

    private static final int NAME = 4;
    private static final int VECTOR_LENGTH = 8;
    private static final int TYPE = 12;
    private static final int VALUE = 16;

    private final Map<String, Long> numbers = new HashMap<>();

    private Counters(ByteBuffer memory) {
        memory.order(memory.get(BYTE_ORDER) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int entry = memory.getInt(FIRST_ENTRY);
        for (int i = 0; i < memory.getInt(ENTRIES); i++) {
            if (memory.get(entry + TYPE) == 'J' && memory.getInt(entry + VECTOR_LENGTH) == 0) {
                numbers.put(
                        text(memory, entry + memory.getInt(entry + NAME)),
                        memory.getLong(entry + memory.getInt(entry + VALUE)));
            }
            entry += memory.getInt(entry);
        }
    }

    /**
     * The counters of a process as they are now.
     *
     * @throws IOException when it is no JVM, has ended, or is told to keep none
     */
    static Counters of(ProcessHandle process) throws IOException {
        var file = Path.of(
                System.getProperty("java.io.tmpdir"),
                "hsperfdata_" + process.info().user().orElse(""),
                Long.toString(process.pid()));
        var memory = ByteBuffer.wrap(Files.readAllBytes(file));
        if (memory.capacity() < ENTRIES + Integer.BYTES || memory.getInt(0) != MAGIC) {
            throw new IOException(file + " holds no counters of a JVM");
        }
        return new Counters(memory);
    }

    /** A number by its name, such as {@code sun.gc.collector.0.invocations}; 0 where there is none. */
    long get(String name) {
        return numbers.getOrDefault(name, 0L);
    }

    private static String text(ByteBuffer memory, int from) {
        int end = from;
        while (memory.get(end) != 0) {
            end++;
        }
        return new String(memory.array(), from, end - from, StandardCharsets.US_ASCII);
    }
}
