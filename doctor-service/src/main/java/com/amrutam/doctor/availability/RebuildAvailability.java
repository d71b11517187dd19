package com.amrutam.doctor.availability;

import com.amrutam.events.wire.EventCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes of the topics anew what the view says of every slot. Searches go on as before until it is done, changes wait for the
 * last moment of it: then what they bring is newer than what was read, and what they brought before was read.
 */
@Service
class RebuildAvailability {
    private static final Logger log = LoggerFactory.getLogger(RebuildAvailability.class);

    private final KafkaProperties kafka;
    private final EventCodec codec;
    private final Slots slots;
    private final TransactionTemplate transaction;

    RebuildAvailability(KafkaProperties kafka, EventCodec codec, Slots slots, TransactionTemplate transaction) {
        this.kafka = kafka;
        this.codec = codec;
        this.slots = slots;
        this.transaction = transaction;
    }

    /**
     * What was done.
     *
     * @param events how many were read
     * @param slots how many the view has
     * @param corrected how many of them were not as the topics have it
     */
    record Rebuilt(long events, long slots, int corrected) {}

    /** What the topics say, as far as read. */
    private static final class Story {
        private final Map<UUID, SlotNews> latest = new HashMap<>();
        private final Set<UUID> withdrawn = new HashSet<>();

        void goOn(SpecificRecord event) {
            withdrawn.addAll(BookingEvents.withdrawn(event));
            BookingEvents.news(event)
                    .forEach(news -> latest.merge(
                            news.slotId(), news, (one, other) -> one.version() >= other.version() ? one : other));
        }
    }

    Rebuilt rebuild() {
        var story = new Story();
        try (var history = History.open(kafka.buildConsumerProperties(), codec)) {
            long before = history.readToEnd(story::goOn);
            var rebuilt = transaction.execute(status -> {
                slots.lockAll();
                long meanwhile = history.readToEnd(story::goOn);
                var corrected = slots.become(story.latest.values(), story.withdrawn);
                return new Rebuilt(before + meanwhile, slots.count(), corrected);
            });
            log.atInfo()
                    .addKeyValue("events", rebuilt.events())
                    .addKeyValue("slots", rebuilt.slots())
                    .addKeyValue("corrected", rebuilt.corrected())
                    .log("Availability rebuilt from the topics");
            return rebuilt;
        }
    }
}
