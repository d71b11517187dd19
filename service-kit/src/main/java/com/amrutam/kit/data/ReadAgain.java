package com.amrutam.kit.data;

import java.sql.SQLException;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A read whose server went away in the middle is done again, once, at the primary: nobody sees that a replica stopped. Wraps
 * the transactions that only read.
 */
final class ReadAgain implements MethodInterceptor {
    /** Connection exceptions; and what a server says to those it leaves (57P0x), or when replay needs what is read. */
    private static final String CONNECTION = "08";

    private static final String LEAVING = "57P0";
    private static final String RECOVERY_CONFLICT = "40001";

    @Override
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        if (TransactionSynchronizationManager.isActualTransactionActive() || Freshness.isOfThePrimary()) {
            return invocation.proceed();
        }
        var again = ((ProxyMethodInvocation) invocation).invocableClone();
        try {
            return invocation.proceed();
        } catch (RuntimeException e) {
            if (isFaultOfTheServer(e)) {
                return Freshness.<@Nullable Object>ofThePrimary(again::proceed);
            }
            throw e;
        }
    }

    private static boolean isFaultOfTheServer(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() instanceof String state) {
                return state.startsWith(CONNECTION) || state.startsWith(LEAVING) || state.equals(RECOVERY_CONFLICT);
            }
        }
        return false;
    }
}
