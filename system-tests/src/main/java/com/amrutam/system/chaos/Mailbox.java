package com.amrutam.system.chaos;

import com.amrutam.localstack.demo.Person;
import com.amrutam.localstack.server.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Everybody's phone: the codes that were sent, by what they are for. While the database is away nothing is found. */
final class Mailbox implements AutoCloseable {
    private final Stack stack;
    private @Nullable Connection connection;

    Mailbox(Stack stack) {
        this.stack = stack;
    }

    /** @param subject the challenge or lock the code is for */
    synchronized Optional<String> code(UUID subject) {
        try {
            if (connection == null) {
                connection = stack.connect();
                connection.setNetworkTimeout(Runnable::run, 2_000);
            }
            try (var statement = connection.prepareStatement("""
                    select k.text from notification.kept_message k join notification.message m on m.id = k.id
                    where m.code_subject = ?""")) {
                statement.setObject(1, subject);
                try (var rows = statement.executeQuery()) {
                    if (rows.next()) {
                        return Person.codeIn(rows.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            close();
        }
        return Optional.empty();
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It is gone already, which is what was wanted.
            }
            connection = null;
        }
    }
}
