package com.amrutam.localstack.demo;

import com.amrutam.localstack.event.Arrival;
import java.io.PrintStream;
import java.time.Duration;

/** Tells the journey on the screen: what was called, what came back, what it set off, and how long each took. */
public final class Narrator {
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String GREEN = "\u001b[32m";
    private static final String CYAN = "\u001b[36m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintStream out;
    private final boolean colours;
    private int steps;

    public Narrator(PrintStream out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void step(String what) {
        out.printf("%n%s%n", in(BOLD, ++steps + ". " + what));
    }

    void call(Api.Answer answer, String summary) {
        var call = answer.call().replaceAll("[0-9a-f]{8}-[0-9a-f-]{15}-([0-9a-f]{12})", "…$1");
        out.printf("   %s%n", in(CYAN, call));
        out.printf("      %s %s %s%n", in(GREEN, Integer.toString(answer.status())), summary, took(answer.took()));
    }

    void detail(String text) {
        out.printf("      %s%n", text);
    }

    void event(Arrival arrival) {
        out.printf(
                "      → %-42s key …%s %s%n",
                arrival.topic().topicName(),
                arrival.key().substring(Math.max(0, arrival.key().length() - 12)),
                took(arrival.latency()));
    }

    void message(String phone, String text, Duration took) {
        out.printf("      SMS to %s %s%n", phone, took(took));
        text.lines().forEach(line -> out.printf("        %s%n", in(BOLD, line)));
    }

    void end(Duration codeTook) {
        out.printf(
                "%n%s%n",
                in(BOLD, "Booked. From lock request to code: " + codeTook.toMillis() + " ms. The patient reads:"));
    }

    private String took(Duration duration) {
        return in(DIM, "(" + duration.toMillis() + " ms)");
    }

    private String in(String style, String text) {
        return colours ? style + text + PLAIN : text;
    }
}
