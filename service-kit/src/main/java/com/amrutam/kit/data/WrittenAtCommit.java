package com.amrutam.kit.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The rows that a transaction adds to a table, written together just before it commits: one round trip, however many there
 * are. What reads the table earlier in the same transaction does not find them.
 *
 * @param <R> a row
 */
public final class WrittenAtCommit<R> {
    private final Consumer<List<R>> write;
    private final Consumer<List<R>> written;

    /**
     * @param write writes rows, in the transaction that they were added in; what it throws rolls the transaction back
     * @param written called with the same rows once they are committed
     */
    public WrittenAtCommit(Consumer<List<R>> write, Consumer<List<R>> written) {
        this.write = write;
        this.written = written;
    }

    /**
     * Adds a row to those of the caller's transaction.
     *
     * @throws IllegalStateException without a transaction
     */
    @SuppressWarnings("unchecked")
    public void add(R row) {
        var rows = (Rows) TransactionSynchronizationManager.getResource(this);
        if (rows == null) {
            rows = new Rows();
            TransactionSynchronizationManager.registerSynchronization(rows);
            rows.resume();
        }
        rows.added.add(row);
    }

    private final class Rows implements TransactionSynchronization {
        private final List<R> added = new ArrayList<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            write.accept(added);
        }

        @Override
        public void afterCommit() {
            written.accept(added);
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(WrittenAtCommit.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(WrittenAtCommit.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            suspend();
        }
    }
}
