package com.amrutam.system.chaos;

import com.amrutam.localstack.server.Parallel;
import com.amrutam.localstack.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something that goes wrong for a while. */
sealed interface Fault {
    Duration READY = Duration.ofSeconds(120);

    void strike() throws IOException, InterruptedException;

    void heal() throws IOException, InterruptedException;

    /** What it strikes, so that two at once do not strike the same. */
    Object target();

    /** What goes wrong, and of what. */
    String title();

    /** What sort of thing went wrong, whichever instance it was. */
    String kind();

    /** True when nothing else may go wrong at the same time, or it would be another fault. */
    default boolean isAlone() {
        return false;
    }

    /** How long anybody may be without a service because of it; empty where nothing is promised. */
    default Optional<Duration> bar() {
        return Optional.empty();
    }

    /** Something that happens to a process. */
    sealed interface OfProcess extends Fault {
        ServerProcess process();

        /** What is done to it, in a word or two. */
        String deed();

        @Override
        default Object target() {
            return process();
        }

        @Override
        default String title() {
            return deed() + " " + Processes.name(process());
        }

        @Override
        default String kind() {
            return deed() + " " + Processes.kind(process());
        }
    }

    /** Something that happens to a connection. */
    sealed interface OfLink extends Fault {
        Link link();

        /** What is done to it, in a word. */
        String deed();

        @Override
        default void heal() {
            link().heal();
        }

        @Override
        default Object target() {
            return link();
        }

        @Override
        default String title() {
            return deed() + " " + link().name();
        }

        @Override
        default String kind() {
            return deed() + " a connection";
        }
    }

    /** A crash. */
    record Kill(ServerProcess process) implements OfProcess {
        @Override
        public String deed() {
            return "kill -9";
        }

        @Override
        public void strike() throws InterruptedException {
            process.kill();
        }

        @Override
        public void heal() throws IOException, InterruptedException {
            Processes.comeBack(process);
        }

        @Override
        public Optional<Duration> bar() {
            return Optional.of(Processes.isPostgres(process) ? Bars.AFTER_POSTGRES_RESTART : Bars.AFTER_SERVICE_KILL);
        }
    }

    /** An orderly restart, as for a new version. */
    record Restart(ServerProcess process) implements OfProcess {
        private static final Duration STOP = Duration.ofSeconds(30);

        @Override
        public String deed() {
            return "restart";
        }

        @Override
        public void strike() throws IOException, InterruptedException {
            process.stop(STOP);
            process.start();
        }

        @Override
        public void heal() throws IOException, InterruptedException {
            Processes.comeBack(process);
        }

        @Override
        public Optional<Duration> bar() {
            return Optional.of(
                    Processes.isPostgres(process)
                            ? Bars.AFTER_POSTGRES_RESTART
                            : Processes.isService(process) ? Bars.UNNOTICED : Bars.AFTER_SERVICE_KILL);
        }
    }

    /** It is there and does nothing: a stopped machine, a long pause. */
    record Freeze(ServerProcess process) implements OfProcess {
        @Override
        public String deed() {
            return "freeze";
        }

        @Override
        public void strike() throws IOException, InterruptedException {
            process.freeze();
        }

        @Override
        public void heal() throws IOException, InterruptedException {
            process.thaw();
            process.awaitReady(READY);
        }
    }

    /** A clock that is wrong. */
    record Jump(ServerProcess process, Duration ahead) implements OfProcess {
        @Override
        public String deed() {
            return "clock of";
        }

        @Override
        public void strike() throws IOException {
            Clocks.set(process, ahead);
        }

        @Override
        public void heal() throws IOException {
            Clocks.set(process, Duration.ZERO);
        }

        @Override
        public String title() {
            return "%s %+d s".formatted(OfProcess.super.title(), ahead.toSeconds());
        }
    }

    /** A network that breaks connections. */
    record Cut(Link link) implements OfLink {
        @Override
        public String deed() {
            return "cut";
        }

        @Override
        public void strike() {
            link.cut();
        }
    }

    /** A network that swallows everything. */
    record Stall(Link link) implements OfLink {
        @Override
        public String deed() {
            return "stall";
        }

        @Override
        public void strike() {
            link.stall();
        }
    }

    /** A slow network. */
    record Delay(Link link, Duration each) implements OfLink {
        @Override
        public String deed() {
            return "delay";
        }

        @Override
        public void strike() {
            link.delay(each);
        }

        @Override
        public String title() {
            return "%s by %d ms".formatted(OfLink.super.title(), each.toMillis());
        }
    }

    /**
     * Postgres has used up what it may keep of its log for those who read it, and gives up the relay that did not come
     * along: its place in the log is gone, and with it the events that it had not passed.
     */
    record Overrun(LogQuota quota, String slot) implements Fault {
        @Override
        public void strike() throws IOException, InterruptedException {
            quota.overrun(slot);
        }

        @Override
        public void heal() throws IOException, InterruptedException {
            quota.lift();
        }

        @Override
        public Object target() {
            return quota;
        }

        @Override
        public String title() {
            return "log kept for " + slot + " full";
        }

        @Override
        public String kind() {
            return "the log's quota full, a relay's place in it lost";
        }

        @Override
        public boolean isAlone() {
            return true;
        }
    }

    /** The disk that Postgres writes its log to is full: nothing can be committed, and Postgres panics. */
    record FullDisk(LogDisk disk) implements Fault {
        @Override
        public void strike() throws IOException, InterruptedException {
            disk.fill();
        }

        @Override
        public void heal() throws IOException, InterruptedException {
            disk.lift();
        }

        @Override
        public Object target() {
            return disk;
        }

        @Override
        public String title() {
            return "disk of postgres' log full";
        }

        @Override
        public String kind() {
            return "the disk of Postgres' log full";
        }

        @Override
        public boolean isAlone() {
            return true;
        }
    }

    /** Two at once, and both healed at once: what is started again may wait for what else was taken away. */
    record Together(Fault one, Fault other) implements Fault {
        @Override
        public void strike() throws InterruptedException {
            Parallel.run(List.of(one::strike, other::strike));
        }

        @Override
        public void heal() throws InterruptedException {
            Parallel.run(List.of(one::heal, other::heal));
        }

        @Override
        public Object target() {
            return List.of(one.target(), other.target());
        }

        @Override
        public String title() {
            return one.title() + " and " + other.title();
        }

        @Override
        public String kind() {
            return "two of these at once";
        }
    }
}
