package com.amrutam.localstack;

import com.amrutam.localstack.server.Progress;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shows how far each part is: on a terminal one line per part that is kept current, elsewhere a line when a part
 * changes.
 */
final class Board implements Progress, AutoCloseable {
    private static final long REFRESH_MILLIS = 100;
    private static final int NAME_WIDTH = 14;

    private final PrintStream out = System.out;
    private final boolean terminal = isTerminal();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Thread painter;
    private int painted;
    private boolean closed;

    private static final class Line {
        String what = "waiting";
        long since;
        boolean ready;
        double seconds;
    }

    Board(List<String> parts) {
        parts.forEach(part -> lines.put(part, new Line()));
        painter = Thread.ofPlatform().daemon().unstarted(this::repaint);
        if (terminal) {
            painter.start();
        }
    }

    static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal() && !"dumb".equals(System.getenv("TERM"));
    }

    @Override
    public synchronized void step(String part, String what) {
        var line = line(part);
        if (line.since == 0) {
            line.since = System.nanoTime();
        }
        line.what = what;
        line.ready = false;
        if (!terminal) {
            out.printf("  %-" + NAME_WIDTH + "s %s%n", part, what);
        }
    }

    @Override
    public synchronized void ready(String part) {
        var line = line(part);
        line.seconds = line.since == 0 ? 0 : secondsSince(line);
        line.what = "ready";
        line.ready = true;
        if (!terminal) {
            out.printf("  %-" + NAME_WIDTH + "s ready %.1f s%n", part, line.seconds);
        }
    }

    /** Shows the last state and leaves it on the screen. */
    @Override
    public synchronized void close() {
        if (terminal && !closed) {
            paint();
        }
        closed = true;
        notifyAll();
    }

    private Line line(String part) {
        return lines.computeIfAbsent(part, name -> new Line());
    }

    private synchronized void repaint() {
        try {
            while (!closed) {
                paint();
                wait(REFRESH_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void paint() {
        var screen = new StringBuilder();
        if (painted > 0) {
            screen.append("\u001b[").append(painted).append('A');
        }
        lines.forEach((part, line) -> {
            var mark = line.ready ? "\u001b[32m✓\u001b[0m" : line.since == 0 ? " " : "\u001b[33m•\u001b[0m";
            var seconds = line.ready ? line.seconds : line.since == 0 ? 0 : secondsSince(line);
            screen.append("\r\u001b[2K%s %-14s %-28s %s%n"
                    .formatted(mark, part, line.what, line.since == 0 ? "" : "%5.1f s".formatted(seconds)));
        });
        painted = lines.size();
        out.print(screen);
        out.flush();
    }

    private static double secondsSince(Line line) {
        return (System.nanoTime() - line.since) / 1e9;
    }
}
