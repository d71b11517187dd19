package com.amrutam.kit.metrics;

import io.micrometer.core.instrument.Counter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts what a transaction did, once it is done: what is rolled back has not happened. */
public final class OnceCommitted {
    private OnceCommitted() {}

    /**
     * @throws IllegalStateException without a transaction to wait for
     */
    public static void increment(Counter counter) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                counter.increment();
            }
        });
    }
}
