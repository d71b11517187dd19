package com.amrutam.localstack.topic;

import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Trouble;
import com.amrutam.localstack.server.Ports;
import com.amrutam.localstack.server.Secrets;
import com.amrutam.localstack.server.StackDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which service's outbox; the local stack's where no database is named. */
final class OutboxDatabase {
    @Parameters(paramLabel = "SERVICE", description = "identity, doctor, booking or notification.")
    private String service = "";

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "JDBC URL of the service's database; its role's password in PGPASSWORD. The local stack's when"
                            + " not said.")
    private @Nullable String database;

    String service() {
        if (!Secrets.SCHEMA_OWNERS.contains(service)) {
            throw new Trouble(ExitCode.WRONG_USAGE, "SERVICE is one of " + String.join(", ", Secrets.SCHEMA_OWNERS));
        }
        return service;
    }

    /** A connection as the service's own role, in its schema. */
    Connection connect() throws SQLException, IOException {
        return DriverManager.getConnection(url(), credentials());
    }

    private String url() {
        return database == null ? "jdbc:postgresql://127.0.0.1:" + Ports.STANDARD.postgres() + "/amrutam" : database;
    }

    private Properties credentials() throws IOException {
        var credentials = new Properties();
        credentials.setProperty("user", service());
        credentials.setProperty("currentSchema", service());
        var password = System.getenv("PGPASSWORD");
        if (database == null) {
            password = StackDirectory.at(Path.of(System.getProperty("amrutam.home", "."), ".amrutam"))
                    .secrets()
                    .password(service());
        }
        if (password == null) {
            throw new Trouble(ExitCode.WRONG_USAGE, "With --database, PGPASSWORD holds the password of " + service());
        }
        credentials.setProperty("password", password);
        return credentials;
    }
}
