package com.amrutam.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.amrutam.events.booking.SlotReleased;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopicTest {
    @Test
    void the_catalogue_is_the_one_the_contract_names() {
        assertThat(Stream.of(Topic.values()).map(Topic::topicName))
                .containsExactly(
                        "identity.user-registered.v1",
                        "identity.contact-changed.v1",
                        "identity.user-erased.v1",
                        "identity.otp-requested.v1",
                        "doctor.doctor-profile-changed.v1",
                        "doctor.slots-published.v1",
                        "doctor.slots-withdrawn.v1",
                        "booking.slot-locked.v1",
                        "booking.slot-released.v1",
                        "booking.appointment-booked.v1",
                        "booking.appointment-rescheduled.v1",
                        "booking.appointment-cancelled.v1",
                        "booking.appointment-completed.v1",
                        "booking.appointment-reviewed.v1",
                        "booking.waitlist-offered.v1",
                        "booking.reminder-due.v1",
                        "booking.otp-requested.v1",
                        "notification.notification-delivered.v1",
                        "notification.notification-failed.v1");
    }

    @Test
    void only_contacts_and_codes_are_restricted() {
        assertThat(Stream.of(Topic.values()).filter(Topic::isRestricted))
                .containsExactly(Topic.CONTACT_CHANGED, Topic.LOGIN_OTP_REQUESTED, Topic.BOOKING_OTP_REQUESTED);
    }

    @Test
    void a_slot_event_is_keyed_by_its_doctor() {
        var doctor = UUID.randomUUID();
        var event = SlotReleased.newBuilder()
                .setSlotId(UUID.randomUUID())
                .setSlotVersion(3)
                .setDoctorId(doctor)
                .setSlotLockId(UUID.randomUUID())
                .setPatientId(UUID.randomUUID())
                .setReason(com.amrutam.events.booking.ReleaseReason.EXPIRED)
                .setReleasedAt(java.time.Instant.EPOCH)
                .build();

        assertThat(Topic.of(SlotReleased.class).keyOf(event)).isEqualTo(doctor.toString());
        assertThat(Topic.SLOT_RELEASED.deadLetterTopic("doctor")).isEqualTo("booking.slot-released.v1.doctor.dlt");
    }

    @ParameterizedTest
    @EnumSource
    void every_type_and_field_is_documented(Topic topic) {
        assertThat(undocumented(topic.schema(), topic.schema().getName())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void instants_are_micros_and_ids_are_uuids(Topic topic) {
        for (var field : topic.schema().getFields()) {
            if (field.schema().getType() == Schema.Type.LONG) {
                assertThat(field.schema().getLogicalType().getName())
                        .as(field.name())
                        .isEqualTo("timestamp-micros");
            }
            if (field.name().endsWith("Id")) {
                var schema =
                        field.schema().isUnion() ? field.schema().getTypes().getLast() : field.schema();
                assertThat(schema.getLogicalType().getName()).as(field.name()).isEqualTo("uuid");
            }
        }
    }

    private static List<String> undocumented(Schema schema, String path) {
        return switch (schema.getType()) {
            case RECORD ->
                Stream.concat(
                                missing(schema.getDoc(), path),
                                schema.getFields().stream()
                                        .flatMap(field -> Stream.concat(
                                                missing(field.doc(), path + "." + field.name()),
                                                undocumented(field.schema(), path + "." + field.name()).stream())))
                        .toList();
            case ENUM -> missing(schema.getDoc(), path).toList();
            case ARRAY -> undocumented(schema.getElementType(), path + "[]");
            case UNION ->
                schema.getTypes().stream()
                        .flatMap(type -> undocumented(type, path).stream())
                        .toList();
            default -> List.of();
        };
    }

    private static Stream<String> missing(@org.jspecify.annotations.Nullable String documentation, String path) {
        return documentation == null || documentation.isBlank() ? Stream.of(path) : Stream.empty();
    }
}
