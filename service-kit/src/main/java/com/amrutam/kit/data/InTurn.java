package com.amrutam.kit.data;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A pool of which no more threads than it has connections ask at a time; others wait before it, in the order they came. In
 * HikariCP whoever hands a connection back spins until one of those who wait takes it, with virtual threads for as long as
 * their turn on a processor does not come (HikariCP#2398).
 */
final class InTurn extends DelegatingDataSource implements AutoCloseable {
    private final HikariDataSource pool;
    private final Semaphore turns;

    InTurn(HikariDataSource pool) {
        super(pool);
        this.pool = pool;
        this.turns = new Semaphore(pool.getMaximumPoolSize(), true);
    }

    /**
     * @throws SQLTransientConnectionException as of the pool itself, when none came free in time
     */
    @Override
    public Connection getConnection() throws SQLException {
        try {
            if (!turns.tryAcquire(pool.getConnectionTimeout(), TimeUnit.MILLISECONDS)) {
                throw new SQLTransientConnectionException("%s - no connection came free within %d ms"
                        .formatted(pool.getPoolName(), pool.getConnectionTimeout()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException(pool.getPoolName() + " - interrupted while waiting", e);
        }
        Connection connection = null;
        try {
            connection = pool.getConnection();
            return handingOnTheTurn(connection);
        } finally {
            if (connection == null) {
                turns.release();
            }
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private Connection handingOnTheTurn(Connection connection) {
        var isOurs = new AtomicBoolean(true);
        return (Connection) Proxy.newProxyInstance(
                InTurn.class.getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    if (!method.getName().equals("close")) {
                        return call(method, connection, arguments);
                    }
                    try {
                        return call(method, connection, arguments);
                    } finally {
                        if (isOurs.getAndSet(false)) {
                            turns.release();
                        }
                    }
                });
    }

    private static Object call(Method method, Connection connection, Object[] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
