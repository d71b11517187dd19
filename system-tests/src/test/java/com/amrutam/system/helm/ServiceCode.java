package com.amrutam.system.helm;

import com.amrutam.events.Topic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.zip.ZipInputStream;

/** What a service's jar itself says: the settings it knows and the events it listens to. */
final class ServiceCode {
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final ClassDesc ON_EVENT = ClassDesc.of("com.amrutam.kit.inbox.OnEvent");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Map<String, ServiceCode> READ = new ConcurrentHashMap<>();

    /** Types by the name of the environment variable that sets it. */
    private final Map<String, String> settings = new HashMap<>();

    private final Set<Topic> topics = new TreeSet<>();

    private ServiceCode() {}

    static ServiceCode of(String service) {
        return READ.computeIfAbsent(service, name -> {
            try {
                return read(Charts.ROOT.resolve(
                        Path.of(name + "-service", "target", name + "-service-1.0.0-SNAPSHOT.jar")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    Set<Topic> listensTo() {
        return topics;
    }

    /** Whether an environment variable sets a property of the service, a map's entry or a list's element included. */
    boolean binds(String variable) {
        return settings.containsKey(variable)
                || settings.entrySet().stream()
                        .anyMatch(setting -> setting.getValue().startsWith("java.util.")
                                && variable.startsWith(setting.getKey() + "_"));
    }

    private static ServiceCode read(Path file) throws IOException {
        var code = new ServiceCode();
        try (var jar = new JarFile(file.toFile())) {
            for (var entry : jar.stream().toList()) {
                try (var content = jar.getInputStream(entry)) {
                    var name = entry.getName();
                    if (name.equals(METADATA)) {
                        code.readSettings(content);
                    } else if (name.startsWith("BOOT-INF/classes/com/amrutam/") && name.endsWith(".class")) {
                        code.readListeners(ClassFile.of().parse(content.readAllBytes()));
                    } else if (name.matches("BOOT-INF/lib/(spring-boot-|service-kit-).*\\.jar")) {
                        code.readLibrary(content);
                    }
                }
            }
        }
        return code;
    }

    private void readLibrary(InputStream jar) throws IOException {
        try (var entries = new ZipInputStream(jar)) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (entry.getName().equals(METADATA)) {
                    readSettings(new ByteArrayInputStream(entries.readAllBytes()));
                }
            }
        }
    }

    private void readSettings(InputStream metadata) throws IOException {
        for (JsonNode property : JSON.readTree(metadata).path("properties")) {
            settings.put(
                    property.path("name")
                            .asText()
                            .replace("-", "")
                            .replace('.', '_')
                            .toUpperCase(Locale.ROOT),
                    property.path("type").asText());
        }
    }

    private void readListeners(ClassModel type) {
        type.methods().stream()
                .filter(ServiceCode::isListener)
                .map(method -> method.methodTypeSymbol().parameterType(0))
                .forEach(event -> topicOf(event).ifPresent(topics::add));
    }

    private static boolean isListener(MethodModel method) {
        return method.elementStream()
                .filter(RuntimeVisibleAnnotationsAttribute.class::isInstance)
                .map(RuntimeVisibleAnnotationsAttribute.class::cast)
                .flatMap(attribute -> attribute.annotations().stream())
                .anyMatch(annotation -> annotation.classSymbol().equals(ON_EVENT));
    }

    private static Optional<Topic> topicOf(ClassDesc event) {
        var name = event.packageName() + "." + event.displayName();
        return Arrays.stream(Topic.values())
                .filter(topic -> topic.eventClass().getName().equals(name))
                .findFirst();
    }
}
