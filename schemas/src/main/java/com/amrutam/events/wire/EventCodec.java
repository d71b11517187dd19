package com.amrutam.events.wire;

import com.amrutam.events.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.jspecify.annotations.Nullable;

/** Turns events into the bytes that travel and back, whatever schema version wrote them. */
public final class EventCodec {
    private static final byte MAGIC = 0;
    private static final int PREFIX_BYTES = 5;

    static {
        // Avro instantiates only classes it was told to trust, so that a schema cannot name any class it likes.
        var trusted = Topic.class.getPackageName();
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> (type.getPackageName() + '.').startsWith(trusted + '.')));
    }

    private final SchemaRegistry registry;
    private final Map<Topic, Integer> ids = new ConcurrentHashMap<>();

    public EventCodec(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Looks up the id of a topic's schema now, so that {@link #encode} needs no registry later.
     *
     * @throws SchemaRegistry.NotRegistered when the deploy step that registers it was left out
     */
    public void prepare(Topic topic) {
        idOf(topic);
    }

    /** The wire form of an event. Asks the registry only for a topic that was not prepared. */
    public byte[] encode(SpecificRecord event) {
        var topic = Topic.of(event.getClass());
        var bytes = new ByteArrayOutputStream(256);
        bytes.write(MAGIC);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(idOf(topic)).array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<SpecificRecord>(topic.schema(), modelOf(event.getClass())).write(event, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The event in these bytes, resolved from the schema that wrote it to the one of this build.
     *
     * @throws Undecodable when the bytes are not of the wire format or do not fit the topic; no retry will help
     * @throws SchemaRegistry.RegistryUnavailable when the writer's schema could not be fetched; a retry may help
     */
    public SpecificRecord decode(Topic topic, byte[] wire) {
        if (wire.length <= PREFIX_BYTES || wire[0] != MAGIC) {
            throw new Undecodable("Not in Confluent's wire format", null);
        }
        int id = ByteBuffer.wrap(wire, 1, Integer.BYTES).getInt();
        try {
            Schema writer = registry.schema(id);
            if (!writer.getFullName().equals(topic.schema().getFullName())) {
                throw new Undecodable(
                        "Schema %d is of %s, not of %s"
                                .formatted(
                                        id, writer.getFullName(), topic.schema().getFullName()),
                        null);
            }
            var reader = new SpecificDatumReader<SpecificRecord>(writer, topic.schema(), modelOf(topic.eventClass()));
            var decoder = DecoderFactory.get().binaryDecoder(wire, PREFIX_BYTES, wire.length - PREFIX_BYTES, null);
            return reader.read(null, decoder);
        } catch (SchemaRegistry.NotRegistered e) {
            throw new Undecodable("Schema id " + id + " is unknown", e);
        } catch (IOException | AvroRuntimeException e) {
            throw new Undecodable("The bytes do not fit schema " + id, e);
        }
    }

    private int idOf(Topic topic) {
        return ids.computeIfAbsent(topic, t -> registry.idOf(t.subject(), t.schema()));
    }

    private static SpecificData modelOf(Class<?> eventClass) {
        // The generated class registers its logical-type conversions (instants, uuids) with this model.
        return SpecificData.getForClass(eventClass);
    }

    /** These bytes are no event of the topic, now or ever. */
    public static final class Undecodable extends RuntimeException {
        Undecodable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
