package com.amrutam.localstack.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Several things at once. */
public final class Parallel {
    /** Something to be done. */
    public interface Task {
        void run() throws Exception;
    }

    private Parallel() {}

    /** Runs all, waits for all, and throws what the first to fail in their order threw. */
    public static void run(List<? extends Task> tasks) throws InterruptedException {
        run(Math.max(1, tasks.size()), tasks);
    }

    /** The same, no more than so many at a time. */
    public static void run(int atOnce, List<? extends Task> tasks) throws InterruptedException {
        all(
                atOnce,
                tasks.stream()
                        .<Callable<Boolean>>map(task -> () -> {
                            task.run();
                            return true;
                        })
                        .toList());
    }

    /** The results of all in their order, no more than so many at a time; fails as {@link #run(List)} does. */
    public static <T> List<T> all(int atOnce, List<Callable<T>> tasks) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(atOnce)) {
            var running = tasks.stream().map(threads::submit).toList();
            var results = new ArrayList<T>();
            for (var future : running) {
                try {
                    results.add(future.get());
                } catch (ExecutionException e) {
                    threads.shutdownNow();
                    if (e.getCause() instanceof RuntimeException unchecked) {
                        throw unchecked;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
            return results;
        }
    }
}
