package com.amrutam.localstack.topic;

import com.amrutam.localstack.ExitCode;
import com.amrutam.localstack.Trouble;
import com.amrutam.localstack.server.Provisioning;
import com.amrutam.localstack.server.Secrets;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What an administrator does before services may start, on a database and cluster that others run. */
@Command(
        name = "provision",
        description = {
            "Makes what services need before they start: databases, roles and schemas, topics, event schemas.",
            "Run it before every roll-out: what is there already stays as it is."
        },
        footerHeading = "%nEnvironment:%n",
        footer = {
            "  POSTGRES_USER, POSTGRES_PASSWORD   a superuser, with --database",
            "  AMRUTAM_PASSWORD_<ROLE>            of each role that is made, such as AMRUTAM_PASSWORD_BOOKING_RELAY",
            "  AMRUTAM_PASSWORD_MONITORING        of a role that reads statistics; made where this is set",
        })
public final class Provision implements Callable<Integer> {
    @Mixin
    private Cluster cluster = new Cluster();

    @Option(
            names = "--database",
            paramLabel = "HOST:PORT",
            description = "The Postgres server; without it databases, roles and schemas are left alone.")
    private @Nullable String database;

    @Option(names = "--only-database", description = "Leaves topics and event schemas alone.")
    private boolean onlyDatabase;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many brokers keep each topic that is made; ${DEFAULT-VALUE} by default.")
    private short replicas;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (database != null) {
            try {
                provision(database);
            } catch (SQLException e) {
                throw new Trouble(ExitCode.FAILED, "The database at " + database + " says: " + e.getMessage());
            }
            System.out.println("databases, roles and schemas: there");
        }
        if (onlyDatabase) {
            return 0;
        }
        try (var admin = cluster.admin()) {
            Provisioning.topics(admin, replicas);
        }
        System.out.println("topics: there");
        Provisioning.schemas(cluster.registry());
        System.out.println("event schemas: registered");
        return 0;
    }

    private static void provision(String server) throws SQLException, IOException {
        try (var connection = connect(server, "postgres")) {
            Provisioning.server(connection, Provision::password);
            if (System.getenv(Secrets.passwordVariable(Provisioning.MONITORING)) != null) {
                Provisioning.monitoring(connection, password(Provisioning.MONITORING));
            }
        }
        try (var connection = connect(server, Provisioning.DATABASE)) {
            Provisioning.roles(connection, Provision::password);
        }
    }

    private static Connection connect(String server, String name) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + server + "/" + name,
                Optional.ofNullable(System.getenv("POSTGRES_USER")).orElse("postgres"),
                variable("POSTGRES_PASSWORD"));
    }

    private static String password(String role) {
        var password = variable(Secrets.passwordVariable(role));
        if (password.indexOf('\'') >= 0 || password.indexOf('\\') >= 0) {
            throw new Trouble(
                    ExitCode.WRONG_USAGE, Secrets.passwordVariable(role) + " must hold no quote and no backslash");
        }
        return password;
    }

    private static String variable(String name) {
        var value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new Trouble(ExitCode.WRONG_USAGE, "The environment variable " + name + " is not set");
        }
        return value;
    }
}
