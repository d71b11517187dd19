package com.amrutam.system.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** What is played, and the bars it has to clear. Rates are visits a second. */
enum Scenario {
    /** A day's 5,000 appointments with 50,000 reads, by more than a thousand people at once. */
    DAY(3_000, Duration.ofSeconds(60), 64, 97, 42, 200, "95 % of the calls", Scenario::p95) {
        @Override
        void judge(Measurements seen, Footprint footprint, List<String> missed) {
            expect(seen.secondsToAllWanted() < 60, "5,000 appointments and 50,000 reads in under 60 s", missed);
            expect(seen.mostPeople() >= 1_000, "1,000 people at once", missed);
        }

        @Override
        int wantedAppointments() {
            return 5_000;
        }

        @Override
        int wantedReads() {
            return 50_000;
        }
    },
    /** Slots held and confirmed, as many as are to go. */
    BOOKING(
            4_000,
            Duration.ofSeconds(30),
            0,
            220,
            0,
            90,
            "95 % of the holds",
            seen -> seen.of(Call.HOLD).percentile(0.95)) {
        @Override
        void judge(Measurements seen, Footprint footprint, List<String> missed) {
            expect(seen.appointments() / seen.seconds() >= 200, "200 slots held and confirmed a second", missed);
        }
    },
    /** The same searches over and over, by 64 callers without a pause. */
    SEARCH(
            4_000,
            Duration.ofSeconds(20),
            0,
            0,
            0,
            50,
            "99 % of the searches",
            seen -> seen.of(Call.SEARCH).percentile(0.99)) {
        @Override
        void judge(Measurements seen, Footprint footprint, List<String> missed) {
            expect(seen.reads() / seen.seconds() >= 3_000, "3,000 searches a second", missed);
        }
    },
    /** A day's mix at a tenth of the rate, on and on. */
    SOAK(1_000, Duration.ofMinutes(20), 6.4, 9.7, 4.2, 200, "95 % of the calls", Scenario::p95) {
        @Override
        void judge(Measurements seen, Footprint footprint, List<String> missed) {
            expect(footprint.growth() < MOST_GROWTH, "no growth of memory", missed);
        }
    };

    private static final double MOST_ERRORS = 0.001;
    private static final int MOST_MEBIBYTES = 5 * 1024;
    /** Between two looks at a system at rest, memory goes up and down by a few in a hundred. */
    private static final double MOST_GROWTH = 0.05;

    private final int patients;
    private final Duration length;
    private final double browsing;
    private final double booking;
    private final double agenda;
    private final int latencyMillis;
    private final String latencyTitle;
    private final ToIntFunction<Measurements> latency;

    Scenario(
            int patients,
            Duration length,
            double browsing,
            double booking,
            double agenda,
            int latencyMillis,
            String latencyTitle,
            ToIntFunction<Measurements> latency) {
        this.patients = patients;
        this.length = length;
        this.browsing = browsing;
        this.booking = booking;
        this.agenda = agenda;
        this.latencyMillis = latencyMillis;
        this.latencyTitle = latencyTitle;
        this.latency = latency;
    }

    /** Adds the bars of this scenario alone that were missed. */
    void judge(Measurements seen, Footprint footprint, List<String> missed) {}

    /** How many appointments make the watch stop. */
    int wantedAppointments() {
        return 0;
    }

    int wantedReads() {
        return 0;
    }

    int patients() {
        return patients;
    }

    Duration length() {
        return length;
    }

    double browsing() {
        return browsing;
    }

    double booking() {
        return booking;
    }

    double agenda() {
        return agenda;
    }

    /**
     * The bars that were missed, in words.
     *
     * @param footprint what it took of the machine
     * @param instances how many of each service there were; the bar for memory is for one
     * @param withinMillis another bar for latency; the scenario's own when absent
     */
    List<String> missed(Measurements seen, Footprint footprint, int instances, @Nullable Integer withinMillis) {
        var missed = new ArrayList<String>();
        judge(seen, footprint, missed);
        int within = withinMillis == null ? latencyMillis : withinMillis;
        expect(latency.applyAsInt(seen) < within, latencyTitle + " within " + within + " ms", missed);
        var calls = seen.of(Call::isOfTheApi).count();
        expect(calls > 0, "any call at all", missed);
        expect(
                instances > 1 || footprint.mostMebibytesOfAll() < MOST_MEBIBYTES,
                "all of it in 5 GiB of memory",
                missed);
        expect(seen.errors() < Math.max(1, calls * MOST_ERRORS), "less than 0.1 % errors", missed);
        return missed;
    }

    private static int p95(Measurements seen) {
        return seen.of(Call::isOfTheApi).percentile(0.95);
    }

    private static void expect(boolean isSo, String bar, List<String> missed) {
        if (!isSo) {
            missed.add(bar);
        }
    }
}
