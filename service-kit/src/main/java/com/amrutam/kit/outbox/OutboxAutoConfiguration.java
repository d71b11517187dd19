package com.amrutam.kit.outbox;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.events.wire.SchemaRegistry;
import com.amrutam.kit.data.PoolsProperties;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox of a service that has a database and Kafka. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration",
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnClass({JdbcClient.class, KafkaProducer.class})
@EnableConfigurationProperties({RelayProperties.class, SchemaRegistryProperties.class})
class OutboxAutoConfiguration {
    private static final String JDBC_PREFIX = "jdbc:postgresql://";

    @Bean
    EventCodec eventCodec(SchemaRegistryProperties properties, @Value("${spring.application.name}") String service) {
        var codec = new EventCodec(new SchemaRegistry(properties.url()));
        // Refuses to start with a schema that was not registered, rather than at the first event.
        Topic.publishedBy(service).forEach(codec::prepare);
        return codec;
    }

    @Bean
    Outbox outbox(
            JdbcOperations jdbc,
            EventCodec codec,
            MeterRegistry metrics,
            @Value("${spring.application.name}") String service) {
        // From the start: the first event of a topic would otherwise be a series that begins with one, and no increase.
        Topic.publishedBy(service)
                .forEach(topic -> Counter.builder(Outbox.PUBLISHED)
                        .description("Events committed to the outbox")
                        .tag("topic", topic.topicName())
                        .register(metrics));
        return new Outbox(jdbc, codec, metrics);
    }

    @Bean
    @DependsOnDatabaseInitialization
    RelaySlot relaySlot(PoolsProperties database, RelayProperties relay) {
        var slot = new RelaySlot(JdbcClient.create(connections(database, relay)), slotName(database));
        slot.ensure();
        return slot;
    }

    @Bean
    OutboxReplay outboxReplay(
            PoolsProperties database, RelayProperties relay, KafkaProperties kafka, MeterRegistry metrics) {
        var connections = connections(database, relay);
        return new OutboxReplay(
                JdbcClient.create(connections),
                new TransactionTemplate(new DataSourceTransactionManager(connections)),
                () -> new KafkaProducer<>(producer(kafka)),
                metrics);
    }

    @Bean
    @DependsOnDatabaseInitialization
    OutboxUpkeep outboxUpkeep(
            JdbcClient jdbc,
            PoolsProperties database,
            OutboxReplay replay,
            ObjectProvider<OutboxRelay> outboxRelay,
            RelayProperties relay,
            Clock clock,
            MeterRegistry metrics) {
        return new OutboxUpkeep(
                jdbc, slotName(database), replay, outboxRelay.getIfAvailable(), relay.muteAfter(), clock, metrics);
    }

    private static DriverManagerDataSource connections(PoolsProperties database, RelayProperties relay) {
        return new DriverManagerDataSource(database.url(), relay.username(), relay.password());
    }

    private static String slotName(PoolsProperties database) {
        return database.schema() + "_outbox";
    }

    @Bean
    @ConditionalOnProperty(name = "amrutam.outbox.relay.enabled", havingValue = "true", matchIfMissing = true)
    OutboxRelay outboxRelay(
            RelaySlot slot,
            OutboxReplay replay,
            PoolsProperties database,
            RelayProperties relay,
            KafkaProperties kafka,
            MeterRegistry metrics) {
        return new OutboxRelay(
                slot,
                replay,
                engine(slot, database, relay),
                () -> new KafkaProducer<>(producer(kafka)),
                relay.standbyInterval(),
                metrics);
    }

    private static java.util.Map<String, Object> producer(KafkaProperties kafka) {
        var configuration = kafka.buildProducerProperties();
        configuration.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        configuration.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        // Events are small, and stock clients such as kafkajs read neither lz4 nor zstd.
        configuration.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        // Never give up on a record: one that expired while a later one of its key got through would break the order.
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
        return configuration;
    }

    private static Properties engine(RelaySlot slot, PoolsProperties database, RelayProperties relay) {
        // Debezium wants the parts of the address; "//host:port/name" is left of a JDBC URL without its scheme.
        var address = URI.create(database.url().substring(JDBC_PREFIX.length() - 2));
        int port = address.getPort() == -1 ? 5432 : address.getPort();
        var name = address.getPath().substring(1);
        var schema = database.schema();

        var engine = new Properties();
        engine.setProperty("name", slot.name());
        engine.setProperty("connector.class", OutboxConnector.class.getName());
        engine.setProperty("topic.prefix", slot.name());
        engine.setProperty("database.hostname", address.getHost());
        engine.setProperty("database.port", String.valueOf(port));
        engine.setProperty("database.dbname", name);
        engine.setProperty("database.user", relay.username());
        engine.setProperty("database.password", relay.password());
        engine.setProperty("plugin.name", "pgoutput");
        engine.setProperty("slot.name", slot.name());
        engine.setProperty("slot.failover", "true");
        engine.setProperty("slot.max.retries", "0");
        // How soon it sees that Postgres is shutting down, which waits until all who read its log have gone: 10 s by
        // default.
        engine.setProperty("status.update.interval.ms", "500");
        engine.setProperty("publication.name", schema + "_outbox");
        engine.setProperty("publication.autocreate.mode", "disabled");
        engine.setProperty("table.include.list", schema + ".outbox_event");
        engine.setProperty("snapshot.mode", "no_data");
        engine.setProperty("tombstones.on.delete", "false");
        engine.setProperty("binary.handling.mode", "bytes");
        engine.setProperty(
                "poll.interval.ms", String.valueOf(relay.pollInterval().toMillis()));
        engine.setProperty("errors.max.retries", "0");
        // Read over JMX only, by nobody here, and measured to take a third of the relay's speed.
        engine.setProperty("statistics.metrics.enabled", "false");
        // After an outage much is waiting, and each batch ends with a wait for Kafka and for Postgres.
        engine.setProperty("max.batch.size", String.valueOf(OutboxConnector.BATCH));
        engine.setProperty("max.queue.size", String.valueOf(OutboxConnector.QUEUE));
        // Progress is kept in Postgres at every batch: measured, it leaves the fewest duplicates after a kill -9.
        // It may be lost with Postgres, at the price of a few more, so nobody waits for its disk.
        engine.setProperty("offset.storage", "io.debezium.storage.jdbc.offset.JdbcOffsetBackingStore");
        engine.setProperty(
                "offset.storage.jdbc.connection.url",
                database.url() + separator(database.url()) + "currentSchema=" + schema
                        + "&options=-c%20synchronous_commit=off");
        engine.setProperty("offset.storage.jdbc.connection.user", relay.username());
        engine.setProperty("offset.storage.jdbc.connection.password", relay.password());
        engine.setProperty("offset.storage.jdbc.table.name", "outbox_progress");
        // For the same reason: 3 s by default.
        engine.setProperty("offset.storage.jdbc.connection.wait.retry.delay.ms", "100");
        // One row, overwritten in place: measured, deleting it cost Postgres six times as much as writing the next.
        engine.setProperty("offset.storage.jdbc.table.delete", "delete from %s where false");
        engine.setProperty("offset.storage.jdbc.table.insert", """
                insert into %s (id, offset_key, offset_val, record_insert_ts, record_insert_seq)
                values (?, ?, ?, ?, ?)
                on conflict (offset_key) do update
                set offset_val = excluded.offset_val, record_insert_ts = excluded.record_insert_ts,
                    record_insert_seq = excluded.record_insert_seq""");
        engine.setProperty("offset.flush.interval.ms", "0");
        return engine;
    }

    private static char separator(String url) {
        return url.contains("?") ? '&' : '?';
    }
}
