package com.amrutam.kit.start;

import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/** A database that is not there, or lets nobody in. */
final class DatabaseFailure implements FailureAnalyzer, Ordered {
    /** Classes of SQLSTATE (appendix A of the Postgres manual). */
    private static final String CONNECTION_EXCEPTION = "08";

    private static final String INVALID_AUTHORIZATION = "28";
    private static final String INVALID_CATALOG_NAME = "3D";

    private final Environment environment;

    DatabaseFailure(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        var cause = innermost(failure);
        if (cause == null || cause.getSQLState() == null) {
            return null;
        }
        // An unknown host is in the cause only.
        var says = "does not work: " + cause.getMessage()
                + (cause.getCause() == null ? "" : " (" + cause.getCause() + ")");
        return switch (cause.getSQLState().substring(0, 2)) {
            case CONNECTION_EXCEPTION, INVALID_CATALOG_NAME -> Refusal.of("amrutam.datasource.url", says, failure);
            case INVALID_AUTHORIZATION -> Refusal.of(passwordOfWhomItNames(cause), says, failure);
            default -> null;
        };
    }

    /** The pool's exception is around the driver's, which knows more. */
    private static @Nullable SQLException innermost(Throwable failure) {
        SQLException found = null;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException exception) {
                found = exception;
            }
        }
        return found;
    }

    private String passwordOfWhomItNames(SQLException cause) {
        var relay = environment.getProperty("amrutam.outbox.relay.username");
        return relay != null
                        && Objects.requireNonNullElse(cause.getMessage(), "").contains('"' + relay + '"')
                ? "amrutam.outbox.relay.password"
                : "amrutam.datasource.password";
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
