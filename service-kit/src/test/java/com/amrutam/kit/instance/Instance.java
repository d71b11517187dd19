package com.amrutam.kit.instance;

import com.amrutam.localstack.junit.LocalStack;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An instance of a service beside others, on the same servers. */
public final class Instance implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private Instance(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts one on a free port.
     *
     * @param extras beans of the test's own
     */
    public static Instance start(Class<?> application, Map<String, String> properties, Class<?>... extras) {
        LocalStack.databaseUrl();
        var all = new HashMap<>(properties);
        all.put("server.port", "0");
        var classes = Stream.concat(Stream.of(application), Arrays.stream(extras));
        var arguments = all.entrySet().stream().map(property -> "--" + property.getKey() + '=' + property.getValue());
        return new Instance(
                new SpringApplication(classes.toArray(Class<?>[]::new)).run(arguments.toArray(String[]::new)));
    }

    /** Where it listens. */
    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** One of its parts. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The application's context. */
    public ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }
}
