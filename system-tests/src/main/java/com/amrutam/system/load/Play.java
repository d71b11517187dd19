package com.amrutam.system.load;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.constantUsersPerSec;
import static io.gatling.javaapi.core.CoreDsl.rampUsersPerSec;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A scenario as Gatling plays it: people come at a rate of their own, however long the system takes to answer. */
public final class Play extends Simulation {
    private static final int CALLERS_FLAT_OUT = 64;
    /** The share of people that a system still carries that has just started. */
    private static final double EASY = 0.3;

    private static @Nullable Script script;

    /**
     * What is played. Gatling makes the simulation itself, by its class alone, so this is told beforehand.
     *
     * @param share of the people of the scenario that come
     * @param warmUp how long people come before anything counts
     * @param begun called when the first come
     */
    record Script(
            Scenario scenario,
            double share,
            String gateway,
            Visits visits,
            Duration warmUp,
            Duration length,
            Runnable begun) {}

    static void prepare(Script next) {
        script = next;
    }

    private final Script played = Objects.requireNonNull(script);

    public Play() {
        var protocol = http.baseUrl(played.gateway())
                .acceptHeader("application/json")
                .contentTypeHeader("application/json")
                .authorizationHeader("Bearer #{token}")
                .header("X-Forwarded-For", "#{address}")
                .disableCaching()
                .disableAutoReferer()
                .disableWarmUp();
        setUp(populations()).protocols(protocol);
    }

    @Override
    public void before() {
        played.begun().run();
    }

    private List<PopulationBuilder> populations() {
        var visits = played.visits();
        var scenario = played.scenario();
        var populations = new ArrayList<PopulationBuilder>();
        switch (scenario) {
            case DAY, SOAK -> {
                populations.add(coming(visits.browsing(), scenario.browsing()));
                populations.add(coming(visits.booking(), scenario.booking()));
                populations.add(coming(visits.agenda(), scenario.agenda()));
            }
            case BOOKING -> populations.add(coming(visits.bookingAlone(), scenario.booking()));
            case SEARCH -> {
                var all = played.warmUp().plus(played.length());
                populations.add(visits.searchingOn(all)
                        .injectClosed(constantConcurrentUsers(CALLERS_FLAT_OUT).during(1)));
            }
        }
        return populations;
    }

    private PopulationBuilder coming(ScenarioBuilder visit, double most) {
        double rate = most * played.share();
        // Where JVMs interpret, all at once would queue up and be refused; the compilers need calls, not a crowd.
        double easy = rate * EASY;
        var quarter = played.warmUp().dividedBy(4);
        return visit.injectOpen(
                rampUsersPerSec(easy / 10).to(easy).during(quarter),
                constantUsersPerSec(easy).during(quarter),
                rampUsersPerSec(easy).to(rate).during(quarter),
                constantUsersPerSec(rate).during(quarter.plus(played.length())));
    }
}
