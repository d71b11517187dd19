package com.amrutam.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventDelayTest {
    @Test
    void percentiles_are_read_from_the_buckets_of_topics_that_brought_something() {
        var delays = EventDelay.read("""
                amrutam_event_delay_seconds_bucket{application="doctor",topic="booking.slot-locked.v1",le="0.01"} 0
                amrutam_event_delay_seconds_bucket{application="doctor",topic="booking.slot-locked.v1",le="0.02"} 80
                amrutam_event_delay_seconds_bucket{application="doctor",topic="booking.slot-locked.v1",le="0.1"} 98
                amrutam_event_delay_seconds_bucket{application="doctor",topic="booking.slot-locked.v1",le="+Inf"} 100
                amrutam_event_delay_seconds_bucket{application="doctor",topic="booking.slot-released.v1",le="0.01"} 0
                amrutam_event_delay_seconds_bucket{application="doctor",topic="booking.slot-released.v1",le="+Inf"} 0
                """);

        assertThat(delays).containsExactly(new EventDelay("booking.slot-locked.v1", 0.01625, 0.1));
    }
}
