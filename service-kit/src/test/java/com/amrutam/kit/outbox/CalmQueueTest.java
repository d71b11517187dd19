package com.amrutam.kit.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.pipeline.Sizeable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CalmQueueTest {
    private static final Sizeable ONE = () -> 1;
    private static final Sizeable OTHER = () -> 1;

    private final CalmQueue<Sizeable> queue = new CalmQueue<>();

    @Test
    void who_asks_an_empty_queue_over_and_over_is_made_to_wait() {
        int asked = 0;
        for (long begun = System.nanoTime(); System.nanoTime() - begun < TimeUnit.MILLISECONDS.toNanos(50); asked++) {
            assertThat(queue.size()).isZero();
        }

        // Twice a millisecond at most, and the first at once.
        assertThat(asked).isBetween(1, 110);
    }

    @Test
    void what_is_queued_comes_out_in_order() {
        queue.enqueue(ONE);
        queue.enqueue(OTHER);

        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.poll()).isSameAs(ONE);
        assertThat(queue.poll()).isSameAs(OTHER);
        assertThat(queue.poll()).isNull();
        assertThat(queue.size()).isZero();
    }
}
