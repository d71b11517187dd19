package com.amrutam.system.chaos;

import com.amrutam.localstack.server.ServerProcess;
import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Sets the clocks of running services. A wrong clock is a Java agent that is loaded when it is needed. */
final class Clocks {
    private static @Nullable Path agent;

    private Clocks() {}

    /** From now on this service takes it to be so much later than it is; what it was told before counts no more. */
    static void set(ServerProcess process, Duration ahead) throws IOException {
        var handle = process.handle().orElseThrow(() -> new IOException(Processes.name(process) + " does not run"));
        try {
            var service = VirtualMachine.attach(Long.toString(handle.pid()));
            try {
                service.loadAgent(agent().toString(), Long.toString(ahead.toSeconds()));
            } finally {
                service.detach();
            }
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException e) {
            throw new IOException("The clock of " + Processes.name(process) + " cannot be set", e);
        }
    }

    private static synchronized Path agent() throws IOException {
        if (agent == null) {
            var jar = Files.createTempFile("amrutam-wrong-clock-", ".jar");
            jar.toFile().deleteOnExit();
            var manifest = new Manifest();
            var attributes = manifest.getMainAttributes();
            attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
            attributes.putValue("Agent-Class", WrongClock.class.getName());
            attributes.putValue("Can-Retransform-Classes", "true");
            try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
                var file = WrongClock.class.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(file));
                try (var bytes = WrongClock.class.getClassLoader().getResourceAsStream(file)) {
                    if (bytes == null) {
                        throw new IOException(file + " is not on the class path");
                    }
                    bytes.transferTo(out);
                }
            }
            agent = jar;
        }
        return agent;
    }
}
