package com.amrutam.system.chaos;

import com.amrutam.localstack.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Something that goes wrong for a while. */
sealed interface Fault {
    Duration READY = Duration.ofSeconds(120);

    void strike() throws IOException, InterruptedException;

    void heal() throws IOException, InterruptedException;

    /** What sort of thing went wrong, whichever instance it was. */
    default String kind() {
        return toString();
    }

    /** How long anybody may be without a service because of it; empty where nothing is promised. */
    default Optional<Duration> bar() {
        return Optional.empty();
    }

    /** A crash. */
    record Kill(ServerProcess process) implements Fault {
        @Override
        public void strike() throws InterruptedException {
            process.kill();
        }

        @Override
        public void heal() throws IOException, InterruptedException {
            Processes.comeBack(process);
        }

        @Override
        public String kind() {
            return "kill -9 " + Processes.kind(process);
        }

        @Override
        public Optional<Duration> bar() {
            return Optional.of(Processes.isPostgres(process) ? Bars.AFTER_POSTGRES_RESTART : Bars.AFTER_SERVICE_KILL);
        }

        @Override
        public String toString() {
            return "kill -9 " + Processes.name(process);
        }
    }

    /** An orderly restart, as for a new version. */
    record Restart(ServerProcess process) implements Fault {
        private static final Duration STOP = Duration.ofSeconds(30);

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
        public String kind() {
            return "restart " + Processes.kind(process);
        }

        @Override
        public Optional<Duration> bar() {
            return Optional.of(
                    Processes.isPostgres(process)
                            ? Bars.AFTER_POSTGRES_RESTART
                            : Processes.isService(process) ? Bars.UNNOTICED : Bars.AFTER_SERVICE_KILL);
        }

        @Override
        public String toString() {
            return "restart " + Processes.name(process);
        }
    }

    /** It is there and does nothing: a stopped machine, a long pause. */
    record Freeze(ServerProcess process) implements Fault {
        @Override
        public void strike() throws IOException, InterruptedException {
            process.freeze();
        }

        @Override
        public void heal() throws IOException, InterruptedException {
            process.thaw();
            process.awaitReady(READY);
        }

        @Override
        public String kind() {
            return "freeze " + Processes.kind(process);
        }

        @Override
        public String toString() {
            return "freeze " + Processes.name(process);
        }
    }

    /** A network that breaks connections. */
    record Cut(Link link) implements Fault {
        @Override
        public void strike() {
            link.cut();
        }

        @Override
        public void heal() {
            link.heal();
        }

        @Override
        public String kind() {
            return "cut a connection";
        }

        @Override
        public String toString() {
            return "cut " + link.name();
        }
    }

    /** A network that swallows everything. */
    record Stall(Link link) implements Fault {
        @Override
        public void strike() {
            link.stall();
        }

        @Override
        public void heal() {
            link.heal();
        }

        @Override
        public String kind() {
            return "stall a connection";
        }

        @Override
        public String toString() {
            return "stall " + link.name();
        }
    }

    /** A slow network. */
    record Delay(Link link, Duration each) implements Fault {
        @Override
        public void strike() {
            link.delay(each);
        }

        @Override
        public void heal() {
            link.heal();
        }

        @Override
        public String kind() {
            return "delay a connection";
        }

        @Override
        public String toString() {
            return "delay " + link.name() + " by " + each.toMillis() + " ms";
        }
    }

    /** A clock that is wrong. */
    record Jump(ServerProcess process, Duration ahead) implements Fault {
        @Override
        public void strike() throws IOException {
            Clocks.set(process, ahead);
        }

        @Override
        public void heal() throws IOException {
            Clocks.set(process, Duration.ZERO);
        }

        @Override
        public String kind() {
            return "clock of a service";
        }

        @Override
        public String toString() {
            return "clock of %s %+d s".formatted(Processes.name(process), ahead.toSeconds());
        }
    }

    /**
     * Several at once, and all healed at once: what is started again may wait for what else was taken away.
     *
     * @param name what they are together
     */
    record Together(String name, List<Fault> faults, Optional<Duration> bar) implements Fault {
        static Together of(Fault one, Fault other) {
            return new Together(one + " and " + other, List.of(one, other), Optional.empty());
        }

        @Override
        public void strike() throws IOException, InterruptedException {
            atOnce(Fault::strike);
        }

        @Override
        public void heal() throws IOException, InterruptedException {
            atOnce(Fault::heal);
        }

        private interface Deed {
            void on(Fault fault) throws IOException, InterruptedException;
        }

        private void atOnce(Deed deed) throws IOException, InterruptedException {
            try (var hands = Executors.newVirtualThreadPerTaskExecutor()) {
                var done = faults.stream()
                        .map(fault -> hands.submit(() -> {
                            deed.on(fault);
                            return fault;
                        }))
                        .toList();
                for (var one : done) {
                    one.get();
                }
            } catch (ExecutionException e) {
                throw new IOException(name + ": " + e.getCause(), e);
            }
        }

        @Override
        public String kind() {
            return bar.isPresent() ? name : "two of these at once";
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
