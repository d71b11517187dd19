package com.amrutam.system.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amrutam.system.load.Footprint.Collections;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CountersTest {
    @Test
    void a_collection_is_counted_and_timed() throws IOException {
        var before = Collections.in(Counters.of(ProcessHandle.current()));

        System.gc();

        var between = Collections.in(Counters.of(ProcessHandle.current())).since(before);
        assertThat(between.count()).isPositive();
        assertThat(between.seconds()).isPositive();
    }

    @Test
    void a_process_that_is_no_jvm_has_none() throws IOException, InterruptedException {
        var process = new ProcessBuilder("sleep", "60").start();
        try {
            assertThatThrownBy(() -> Counters.of(process.toHandle())).isInstanceOf(IOException.class);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
