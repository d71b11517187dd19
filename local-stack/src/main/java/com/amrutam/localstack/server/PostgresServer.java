package com.amrutam.localstack.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL 18 with logical decoding; a primary, or a hot standby that streams from one. The binaries come without
 * {@code pg_basebackup}: the standby's first copy is a {@link BaseBackup}.
 */
final class PostgresServer implements Server {
    static final String SUPERUSER = "postgres";
    private static final String STANDBY_SLOT = "standby";

    private static final List<String> SETTINGS = List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "timezone=UTC",
            "wal_level=logical",
            // Five services: pools for writing, reading and administration, and a relay each.
            "max_connections=200",
            "max_wal_senders=20",
            "max_replication_slots=20",
            // A relay or standby that stays away must not fill the disk.
            "max_slot_wal_keep_size=2GB",
            "hot_standby_feedback=on",
            "shared_buffers=256MB",
            "shared_preload_libraries=pg_stat_statements",
            "log_min_messages=warning",
            "log_line_prefix=%m [%p] %u ");

    private final String name;
    private final int port;
    private final Path data;
    private final Path archiveLink;
    private final String password;
    private final boolean durable;
    private final @Nullable PostgresServer primary;
    private final String replicationPassword;

    private PostgresServer(
            String name,
            int port,
            StackDirectory directory,
            Secrets secrets,
            boolean durable,
            @Nullable PostgresServer primary) {
        this.name = name;
        this.port = port;
        this.data = directory.data(name);
        this.archiveLink = directory.archiveLink();
        this.password = secrets.password(SUPERUSER);
        this.replicationPassword = secrets.password("replication");
        this.durable = durable;
        this.primary = primary;
    }

    /**
     * @param durable false lets a crash of the machine lose data, which is all right where tests throw it away
     */
    static PostgresServer primary(int port, StackDirectory directory, Secrets secrets, boolean durable) {
        return new PostgresServer("postgres", port, directory, secrets, durable, null);
    }

    /** Where it keeps its data. */
    Path data() {
        return data;
    }

    /** A read-only copy that follows this primary. */
    PostgresServer standby(int standbyPort, StackDirectory directory, Secrets secrets) {
        return new PostgresServer("replica", standbyPort, directory, secrets, durable, this);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public Launch prepare() throws IOException, InterruptedException {
        if (!Files.exists(data)) {
            var fresh = data.resolveSibling(name + ".new");
            Directories.delete(fresh);
            if (primary == null) {
                initialise(fresh);
            } else {
                copy(primary, fresh);
            }
            Files.move(fresh, data);
        }
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        var command = asUser(program("postgres"));
        command.addAll(List.of("-D", data.toString(), "-p", Integer.toString(port)));
        command.addAll(List.of("-c", "config_file=" + configure()));
        return new Launch(command, Map.of());
    }

    /** A file rather than the command line, which {@code alter system} could not change. */
    private Path configure() throws IOException {
        var settings = new ArrayList<>(SETTINGS);
        if (!durable) {
            settings.addAll(List.of("fsync=off", "full_page_writes=off"));
        } else if (primary == null) {
            settings.addAll(List.of("archive_mode=on", "archive_command=" + archiving()));
        }
        var lines = new ArrayList<>(List.of("include 'postgresql.conf'"));
        for (var setting : settings) {
            var name = setting.substring(0, setting.indexOf('='));
            lines.add("%s = '%s'"
                    .formatted(name, setting.substring(name.length() + 1).replace("'", "''")));
        }
        return Files.write(data.resolve("amrutam.conf"), lines);
    }

    @Override
    public boolean isReady() {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            return statement.execute("select 1");
        } catch (SQLException e) {
            return false;
        }
    }

    /** Fast shutdown: clients are cut off, the data is flushed. */
    @Override
    public String stopSignal() {
        return "INT";
    }

    /** A superuser's connection. */
    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database) + "?connectTimeout=2", SUPERUSER, password);
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /**
     * Copies each full segment of the log to where the link leads, in full or not at all; without the link it is let go.
     * A link that leads nowhere fails, and Postgres keeps the log and tries again.
     */
    private String archiving() {
        return "[ ! -L \"$a\" ] || [ -f \"$a/%f\" ] || { cp \"%p\" \"$a/%f.part\" && mv \"$a/%f.part\" \"$a/%f\"; }"
                .replace("$a", archiveLink.toString().replace("%", "%%"));
    }

    private void initialise(Path fresh) throws IOException, InterruptedException {
        Directories.createPrivate(fresh);
        var passwordFile = fresh.resolveSibling(name + ".password");
        Files.writeString(passwordFile, password);
        var command = asUser(program("initdb"));
        command.addAll(List.of("--pgdata", fresh.toString(), "--username", SUPERUSER));
        command.addAll(List.of("--pwfile", passwordFile.toString(), "--auth", "scram-sha-256"));
        // The builtin provider sorts the same on every machine, whatever its C library.
        command.addAll(List.of("--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"));
        command.addAll(List.of("--locale", "C", "--no-instructions"));
        if (!durable) {
            command.add("--no-sync");
        }
        try {
            Command.run("initdb failed", command);
        } finally {
            Files.delete(passwordFile);
        }
    }

    private void copy(PostgresServer from, Path fresh) throws IOException {
        try (var connection = from.connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute("""
                    select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '%s'""".formatted(STANDBY_SLOT));
            statement.execute("select pg_create_physical_replication_slot('%s', true)".formatted(STANDBY_SLOT));
            BaseBackup.take(connection, from.data, fresh, false);
        } catch (SQLException e) {
            throw new IOException("The primary could not be copied", e);
        }
        Files.createFile(fresh.resolve("standby.signal"));
        Files.writeString(
                fresh.resolve("postgresql.auto.conf"),
                """
                primary_conninfo = 'host=127.0.0.1 port=%d user=replication password=%s application_name=replica dbname=postgres'
                primary_slot_name = '%s'
                # The relays' slots are kept here too: promoted, it lets them go on where they were.
                sync_replication_slots = on
                """.formatted(from.port, replicationPassword, STANDBY_SLOT),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static String program(String program) {
        return MachineCache.postgres().resolve("bin").resolve(program).toString();
    }

    /** Postgres refuses to run as root; in a user namespace of its own the same user has another number. */
    private static List<String> asUser(String program) {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(program);
        return command;
    }
}
