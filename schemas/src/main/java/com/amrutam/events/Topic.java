package com.amrutam.events;

import com.amrutam.events.booking.AppointmentBooked;
import com.amrutam.events.booking.AppointmentCancelled;
import com.amrutam.events.booking.AppointmentCompleted;
import com.amrutam.events.booking.AppointmentRescheduled;
import com.amrutam.events.booking.AppointmentReviewed;
import com.amrutam.events.booking.ReminderDue;
import com.amrutam.events.booking.SlotLocked;
import com.amrutam.events.booking.SlotReleased;
import com.amrutam.events.booking.WaitlistOffered;
import com.amrutam.events.doctor.DoctorProfileChanged;
import com.amrutam.events.doctor.SlotsPublished;
import com.amrutam.events.doctor.SlotsWithdrawn;
import com.amrutam.events.identity.ContactChanged;
import com.amrutam.events.identity.UserErased;
import com.amrutam.events.identity.UserRegistered;
import com.amrutam.events.notification.NotificationDelivered;
import com.amrutam.events.notification.NotificationFailed;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The topic catalogue: one topic per event type. Topics are created, schemas registered, producers and consumers
 * configured, access granted and the reference pages written from these entries.
 */
public enum Topic {
    USER_REGISTERED("identity.user-registered.v1", UserRegistered.class, "userId", Cleanup.DELETE, Audience.ANALYTICS),
    CONTACT_CHANGED(
            "identity.contact-changed.v1", ContactChanged.class, "userId", Cleanup.COMPACT, Audience.RESTRICTED),
    USER_ERASED("identity.user-erased.v1", UserErased.class, "userId", Cleanup.DELETE, Audience.ANALYTICS),
    LOGIN_OTP_REQUESTED(
            "identity.otp-requested.v1",
            com.amrutam.events.identity.OtpRequested.class,
            "challengeId",
            Cleanup.DELETE,
            Audience.RESTRICTED),
    DOCTOR_PROFILE_CHANGED(
            "doctor.doctor-profile-changed.v1",
            DoctorProfileChanged.class,
            "doctorId",
            Cleanup.COMPACT,
            Audience.ANALYTICS),
    SLOTS_PUBLISHED("doctor.slots-published.v1", SlotsPublished.class, "doctorId", Cleanup.KEEP, Audience.ANALYTICS),
    SLOTS_WITHDRAWN("doctor.slots-withdrawn.v1", SlotsWithdrawn.class, "doctorId", Cleanup.KEEP, Audience.ANALYTICS),
    SLOT_LOCKED("booking.slot-locked.v1", SlotLocked.class, "doctorId", Cleanup.KEEP, Audience.ANALYTICS),
    SLOT_RELEASED("booking.slot-released.v1", SlotReleased.class, "doctorId", Cleanup.KEEP, Audience.ANALYTICS),
    APPOINTMENT_BOOKED(
            "booking.appointment-booked.v1", AppointmentBooked.class, "doctorId", Cleanup.KEEP, Audience.ANALYTICS),
    APPOINTMENT_RESCHEDULED(
            "booking.appointment-rescheduled.v1",
            AppointmentRescheduled.class,
            "doctorId",
            Cleanup.KEEP,
            Audience.ANALYTICS),
    APPOINTMENT_CANCELLED(
            "booking.appointment-cancelled.v1",
            AppointmentCancelled.class,
            "doctorId",
            Cleanup.KEEP,
            Audience.ANALYTICS),
    APPOINTMENT_COMPLETED(
            "booking.appointment-completed.v1",
            AppointmentCompleted.class,
            "doctorId",
            Cleanup.KEEP,
            Audience.ANALYTICS),
    APPOINTMENT_REVIEWED(
            "booking.appointment-reviewed.v1", AppointmentReviewed.class, "doctorId", Cleanup.KEEP, Audience.ANALYTICS),
    WAITLIST_OFFERED(
            "booking.waitlist-offered.v1", WaitlistOffered.class, "doctorId", Cleanup.DELETE, Audience.ANALYTICS),
    REMINDER_DUE("booking.reminder-due.v1", ReminderDue.class, "doctorId", Cleanup.DELETE, Audience.ANALYTICS),
    BOOKING_OTP_REQUESTED(
            "booking.otp-requested.v1",
            com.amrutam.events.booking.OtpRequested.class,
            "slotLockId",
            Cleanup.DELETE,
            Audience.RESTRICTED),
    NOTIFICATION_DELIVERED(
            "notification.notification-delivered.v1",
            NotificationDelivered.class,
            "messageId",
            Cleanup.DELETE,
            Audience.ANALYTICS),
    NOTIFICATION_FAILED(
            "notification.notification-failed.v1",
            NotificationFailed.class,
            "messageId",
            Cleanup.DELETE,
            Audience.ANALYTICS);

    /** How long a topic remembers. */
    public enum Cleanup {
        /** Events older than the retention are dropped. */
        DELETE,
        /** The latest event per key is kept for ever; a tombstone removes it. */
        COMPACT,
        /** Nothing is dropped: views are rebuilt from the first event on. */
        KEEP
    }

    /** Who may read a topic. */
    public enum Audience {
        /** Pseudonymous ids only: open to analysts. */
        ANALYTICS,
        /** Personal data or codes: notification-service only. */
        RESTRICTED
    }

    private static final Duration RETENTION = Duration.ofDays(7);
    private static final Duration UNLIMITED = Duration.ofMillis(-1);

    private static final Map<Class<?>, Topic> BY_CLASS =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Topic::eventClass, Function.identity()));
    private static final Map<String, Topic> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Topic::topicName, Function.identity()));

    private final String topicName;
    private final Class<? extends SpecificRecord> eventClass;
    private final Schema schema;
    private final Schema.Field keyField;
    private final Cleanup cleanup;
    private final Audience audience;

    Topic(
            String topicName,
            Class<? extends SpecificRecord> eventClass,
            String keyField,
            Cleanup cleanup,
            Audience audience) {
        this.topicName = topicName;
        this.eventClass = eventClass;
        this.schema = SpecificData.get().getSchema(eventClass);
        this.keyField = schema.getField(keyField);
        this.cleanup = cleanup;
        this.audience = audience;
    }

    /**
     * The topic an event travels on.
     *
     * @throws IllegalArgumentException when the class is no event of the catalogue
     */
    public static Topic of(Class<?> eventClass) {
        var topic = BY_CLASS.get(eventClass);
        if (topic == null) {
            throw new IllegalArgumentException(eventClass.getName() + " is not in the topic catalogue");
        }
        return topic;
    }

    /**
     * The topic with this name.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Topic named(String topicName) {
        var topic = BY_NAME.get(topicName);
        if (topic == null) {
            throw new IllegalArgumentException(topicName + " is not in the topic catalogue");
        }
        return topic;
    }

    /** The topics a service publishes, such as all of {@code booking}. */
    public static List<Topic> publishedBy(String service) {
        return Arrays.stream(values())
                .filter(topic -> topic.service().equals(service))
                .toList();
    }

    /** The Kafka topic, {@code <service>.<event>.v<major>}. */
    public String topicName() {
        return topicName;
    }

    /** The publishing service, the first part of the name. */
    public String service() {
        return topicName.substring(0, topicName.indexOf('.'));
    }

    /** The event's name without service and version, such as {@code slot-locked}; the {@code event-type} header. */
    public String eventType() {
        return topicName.substring(topicName.indexOf('.') + 1, topicName.lastIndexOf('.'));
    }

    /** The schema registry subject of the values (TopicNameStrategy, the default of stock tools). */
    public String subject() {
        return topicName + "-value";
    }

    /** The dead-letter topic of a consumer group for this topic. */
    public String deadLetterTopic(String consumerGroup) {
        return topicName + "." + consumerGroup + ".dlt";
    }

    /** The generated class of the event. */
    public Class<? extends SpecificRecord> eventClass() {
        return eventClass;
    }

    /** The schema this build writes. */
    public Schema schema() {
        return schema;
    }

    /** The name of the field whose text is the record key, and so decides partition and order. */
    public String keyField() {
        return keyField.name();
    }

    /** The record key of an event of this topic. */
    public String keyOf(SpecificRecord event) {
        return event.get(keyField.pos()).toString();
    }

    /** Number of partitions; never changed within a major version, since order per key hangs on it. */
    public int partitions() {
        return 12;
    }

    /** What happens to old records. */
    public Cleanup cleanup() {
        return cleanup;
    }

    /** How long records are kept; -1 ms means for ever, as Kafka's {@code retention.ms} has it. */
    public Duration retention() {
        return cleanup == Cleanup.DELETE ? RETENTION : UNLIMITED;
    }

    /** Who may read it. */
    public Audience audience() {
        return audience;
    }

    /** True when the topic holds personal data and only notification-service may read it. */
    public boolean isRestricted() {
        return audience == Audience.RESTRICTED;
    }
}
