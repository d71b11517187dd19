package com.amrutam.booking;

import com.amrutam.localstack.junit.LocalStack;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An instance of the service beside others, on the same servers. */
final class Instance implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private Instance(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts one; sweeps are as good as off unless the properties say otherwise.
     *
     * @param extras beans of the test's own
     */
    static Instance start(Map<String, String> properties, Class<?>... extras) {
        LocalStack.databaseUrl();
        var all = new HashMap<>(Map.of(
                "server.port", "0",
                "amrutam.booking.lock.sweep-interval", "1h",
                "amrutam.booking.waitlist.sweep-interval", "1h",
                "amrutam.booking.reminder.sweep-interval", "1h"));
        all.putAll(properties);
        var classes = Stream.concat(Stream.of(BookingApplication.class), Arrays.stream(extras));
        var arguments = all.entrySet().stream().map(property -> "--" + property.getKey() + '=' + property.getValue());
        return new Instance(
                new SpringApplication(classes.toArray(Class<?>[]::new)).run(arguments.toArray(String[]::new)));
    }

    int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    @Override
    public void close() {
        context.close();
    }
}
