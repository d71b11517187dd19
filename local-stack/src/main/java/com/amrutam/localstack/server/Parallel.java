package com.amrutam.localstack.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several things at once. */
public final class Parallel {
    /** Something to be done. */
    public interface Task {
        void run() throws Exception;
    }

    private Parallel() {}

    /** Runs all, waits for all, and throws what the first to fail in their order threw. */
    public static void run(List<? extends Task> tasks) throws InterruptedException {
        try (var threads = Executors.newCachedThreadPool()) {
            var running = new ArrayList<Future<Boolean>>();
            for (var task : tasks) {
                Callable<Boolean> callable = () -> {
                    task.run();
                    return true;
                };
                running.add(threads.submit(callable));
            }
            for (var future : running) {
                try {
                    future.get();
                } catch (ExecutionException e) {
                    threads.shutdownNow();
                    if (e.getCause() instanceof RuntimeException unchecked) {
                        throw unchecked;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        }
    }
}
