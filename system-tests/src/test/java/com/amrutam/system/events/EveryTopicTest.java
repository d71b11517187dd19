package com.amrutam.system.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.Topic;
import com.amrutam.events.wire.EventCodec;
import com.amrutam.events.wire.SchemaRegistry;
import com.amrutam.localstack.junit.EventProbe;
import com.amrutam.localstack.junit.LocalStack;
import com.amrutam.system.StockClients;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each topic of the catalogue with an event in which every field is filled, read by the stock npm clients: on a cluster
 * without services, which would take such events for true.
 */
@ExtendWith(LocalStack.class)
class EveryTopicTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final SchemaRegistry registry = new SchemaRegistry(LocalStack.registryUrl());
    private final EventCodec codec = new EventCodec(registry);

    @Test
    void stock_clients_decode_every_topic_of_the_catalogue_field_by_field() throws Exception {
        var expected = new ArrayList<String>();
        try (var probe = EventProbe.fromNow()) {
            for (var topic : Topic.values()) {
                var filled = (GenericData.Record) filled(topic.schema());
                var id = probe.send(event(topic, filled));
                expected.add(line(topic, id, asPrinted(filled)));
            }
        }

        var lines = StockClients.readAll(LocalStack.bootstrapServers(), LocalStack.registryUrl());

        assertThat(lines.stream().filter(line -> !line.startsWith("count ")).map(EveryTopicTest::normal))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String line(Topic topic, UUID id, JsonNode event) {
        return topic.topicName() + ' ' + id + ' ' + event;
    }

    private static String normal(String line) {
        var parts = line.split(" ", 3);
        try {
            return parts[0] + ' ' + parts[1] + ' ' + JSON.readTree(parts[2]);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    /** The event as services have it, made from the bytes that the filled record is. */
    private SpecificRecord event(Topic topic, GenericData.Record filled) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(ByteBuffer.allocate(Integer.BYTES)
                .putInt(registry.idOf(topic.subject(), topic.schema()))
                .array());
        var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericData.Record>(topic.schema()).write(filled, encoder);
        return codec.decode(topic, bytes.toByteArray());
    }

    private static Object filled(Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> {
                var record = new GenericData.Record(schema);
                schema.getFields().forEach(field -> record.put(field.name(), filled(field.schema())));
                yield record;
            }
            case ENUM ->
                new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getLast());
            case ARRAY -> List.of(filled(schema.getElementType()));
            case UNION ->
                filled(schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElseThrow());
            case STRING ->
                schema.getLogicalType() == null ? "नमस्ते" : UUID.randomUUID().toString();
            case BYTES -> ByteBuffer.wrap(new byte[] {1, 2, 3});
            case INT -> 7;
            case LONG -> 1_795_572_346_584_123L;
            case DOUBLE -> 4.5;
            case BOOLEAN -> true;
            case MAP, FIXED, FLOAT, NULL -> throw new IllegalStateException("No schema of ours has " + schema);
        };
    }

    /** As decode.mjs prints it. */
    private static JsonNode asPrinted(Object value) {
        var nodes = JsonNodeFactory.instance;
        return switch (value) {
            case GenericData.Record record -> {
                ObjectNode object = nodes.objectNode();
                record.getSchema()
                        .getFields()
                        .forEach(field -> object.set(field.name(), asPrinted(record.get(field.pos()))));
                yield object;
            }
            case List<?> list -> {
                var array = nodes.arrayNode();
                list.forEach(element -> array.add(asPrinted(element)));
                yield array;
            }
            case ByteBuffer bytes -> nodes.textNode("<%d bytes>".formatted(bytes.remaining()));
            case Integer number -> nodes.numberNode(number);
            case Long number -> nodes.numberNode(number);
            case Double number -> nodes.numberNode(number);
            case Boolean bool -> nodes.booleanNode(bool);
            default -> nodes.textNode(value.toString());
        };
    }
}
