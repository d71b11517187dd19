package com.amrutam.kit.sample;

import com.amrutam.events.Topic;
import com.amrutam.events.booking.ReleaseReason;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.kit.outbox.Outbox;
import com.amrutam.localstack.junit.LocalStack;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.transaction.support.TransactionTemplate;

/** What {@link RelayBenchmark} runs: the outbox from commit to consumer, everything on one machine. */
final class RelayFigures {
    private static final int MANY = 100_000;
    private static final int KEYS = 1_000;
    private static final int PER_TRANSACTION = 200;
    private static final int WRITERS = 4;
    private static final int PER_SECOND = 200;
    private static final int WARM_UPS = 3;
    private static final Duration PACED = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Outbox outbox;
    private final TransactionTemplate transaction;
    private final EventCodec codec;

    private RelayFigures(Outbox outbox, TransactionTemplate transaction, EventCodec codec) {
        this.outbox = outbox;
        this.transaction = transaction;
        this.codec = codec;
    }

    public static void main(String[] arguments) throws Exception {
        LocalStack.databaseUrl();
        try (var service = new SpringApplicationBuilder(SampleService.class)
                .run(Stream.concat(Stream.of("--server.port=0", "--logging.level.root=warn"), Arrays.stream(arguments))
                        .toArray(String[]::new))) {
            new RelayFigures(
                            service.getBean(Outbox.class),
                            service.getBean(TransactionTemplate.class),
                            service.getBean(EventCodec.class))
                    .figures();
        }
        System.exit(0);
    }

    private void figures() throws Exception {
        try (var reader = new Reader(codec)) {
            for (int warmUp = 0; warmUp < WARM_UPS; warmUp++) {
                write(MANY / 2, 0);
                reader.awaitCount(MANY / 2);
                reader.reset();
            }
            for (int round = 0; round < 2; round++) {
                var begun = System.nanoTime();
                write(MANY, 0);
                var written = System.nanoTime();
                reader.awaitCount(MANY);
                System.out.printf(
                        "%d events by %d writers, %d a transaction: written in %.1f s, all consumed after %.1f s, %.0f/s%n",
                        MANY,
                        WRITERS,
                        PER_TRANSACTION,
                        (written - begun) / 1e9,
                        (System.nanoTime() - begun) / 1e9,
                        MANY / ((System.nanoTime() - begun) / 1e9));
                reader.reset();
            }

            paced(reader);
            reader.reset();
            idle();

            LocalStack.stop("kafka");
            write(MANY, 1_000_000);
            LocalStack.start("kafka");
            var begun = System.nanoTime();
            reader.awaitCount(MANY);
            System.out.printf(
                    "%d events written while Kafka was down: all consumed %.1f s after its return, out of order per key: %d%n",
                    MANY, (System.nanoTime() - begun) / 1e9, reader.outOfOrder.get());
        }
    }

    /** What the whole process takes while nothing happens, its consumers and this benchmark's reader included. */
    private static void idle() throws InterruptedException {
        var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var before = process.getProcessCpuTime();
        TimeUnit.MILLISECONDS.sleep(IDLE.toMillis());
        System.out.printf(
                "Idle: %.0f ms of processor time a second%n",
                (process.getProcessCpuTime() - before) / 1e6 / IDLE.toSeconds());
    }

    /** Each writer has keys of its own, so that versions rise per key. */
    private void write(int count, int firstVersion) throws Exception {
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            var tasks = IntStream.range(0, WRITERS)
                    .mapToObj(writer -> writers.submit(() -> {
                        for (int done = 0; done < count / WRITERS; done += PER_TRANSACTION) {
                            int first = done;
                            transaction.executeWithoutResult(status -> {
                                for (int event = first; event < first + PER_TRANSACTION; event++) {
                                    outbox.publish(
                                            released(key(writer, event % (KEYS / WRITERS)), firstVersion + event));
                                }
                            });
                        }
                    }))
                    .toList();
            for (var task : tasks) {
                task.get();
            }
        }
    }

    private void paced(Reader reader) throws Exception {
        int count = (int) (PER_SECOND * PACED.toSeconds());
        var committed = new ConcurrentHashMap<String, Long>();
        var begun = System.nanoTime();
        for (int event = 0; event < count; event++) {
            var due = begun + event * 1_000_000_000L / PER_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            int version = event;
            var id = transaction.execute(status -> outbox.publish(released(key(9, version % 50), version)));
            committed.put(String.valueOf(id), System.nanoTime());
        }
        reader.awaitCount(count);
        var delays = committed.entrySet().stream()
                .mapToDouble(entry -> (reader.seen.getOrDefault(entry.getKey(), 0L) - entry.getValue()) / 1e6)
                .sorted()
                .toArray();
        System.out.printf(
                "%d/s: commit to consumer p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                PER_SECOND, delays[count / 2], delays[count * 95 / 100], delays[count * 99 / 100], delays[count - 1]);
    }

    private static UUID key(int writer, int number) {
        return new UUID(writer + 1L, number);
    }

    private static SlotReleased released(UUID key, int version) {
        return SlotReleased.newBuilder()
                .setSlotId(key)
                .setSlotVersion(version)
                .setDoctorId(key)
                .setSlotLockId(key)
                .setPatientId(key)
                .setReason(ReleaseReason.RELEASED)
                .setReleasedAt(Instant.EPOCH)
                .build();
    }

    /** Notes when each event came, and whether the versions of a key rose. */
    private static final class Reader implements AutoCloseable {
        final Map<String, Long> seen = new ConcurrentHashMap<>();
        final AtomicLong outOfOrder = new AtomicLong();
        private final Map<String, Integer> last = new HashMap<>();
        private final CountDownLatch closing = new CountDownLatch(1);

        Reader(EventCodec codec) {
            var consumer = new KafkaConsumer<>(
                    Map.<String, Object>of(
                            "bootstrap.servers", LocalStack.bootstrapServers(), "enable.auto.commit", false),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
            var topic = Topic.SLOT_RELEASED;
            consumer.assign(IntStream.range(0, topic.partitions())
                    .mapToObj(partition -> new TopicPartition(topic.topicName(), partition))
                    .toList());
            consumer.seekToEnd(consumer.assignment());
            consumer.assignment().forEach(consumer::position);
            Thread.ofPlatform().start(() -> {
                try (consumer) {
                    while (closing.getCount() > 0) {
                        for (var message : consumer.poll(Duration.ofMillis(100))) {
                            var now = System.nanoTime();
                            var id = new String(
                                    message.headers().lastHeader("event-id").value(), StandardCharsets.UTF_8);
                            // Redelivered ones come again in order; the first time is what counts.
                            if (seen.putIfAbsent(id, now) == null) {
                                int version = ((SlotReleased) codec.decode(topic, message.value())).getSlotVersion();
                                var before = last.put(message.key(), version);
                                if (before != null && before >= version) {
                                    outOfOrder.incrementAndGet();
                                }
                            }
                        }
                    }
                }
            });
        }

        void reset() {
            seen.clear();
            last.clear();
            outOfOrder.set(0);
        }

        void awaitCount(int count) throws InterruptedException {
            while (seen.size() < count) {
                TimeUnit.MILLISECONDS.sleep(2);
            }
        }

        @Override
        public void close() {
            // The thread ends within a poll, and the JVM waits for it.
            closing.countDown();
        }
    }
}
