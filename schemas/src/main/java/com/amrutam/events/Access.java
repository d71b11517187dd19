package com.amrutam.events;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who may do what on Kafka: each service publishes its own topics and reads those it listens to, analysts read what holds
 * no personal data, and nobody else reads the rest. A service that listens to a topic not listed for it does not start, so
 * the list is complete; {@code docs/kafka-access.json} holds it for the files that deploy, {@code ./amrutam events access}
 * puts it into force on a cluster.
 */
public final class Access {
    /** The user of the deploy step that makes topics and registers schemas. */
    public static final String PROVISION = "provision";

    /** The user of those who build on the topics. */
    public static final String ANALYTICS = "analytics";

    /** The user of {@code ./amrutam events}. */
    public static final String OPERATOR = "operator";

    private static final Map<String, Set<Topic>> LISTENS_TO = listensTo();

    /** What a service reads again of its own topics, to make a view of theirs anew. */
    private static final Map<String, Set<Topic>> READS_AGAIN = Map.of("doctor", EnumSet.of(Topic.SLOTS_WITHDRAWN));

    private Access() {}

    /** What a rule is about. */
    public enum Resource {
        TOPIC,
        GROUP
    }

    /** Kafka's operations, as far as anybody needs them. */
    public enum Operation {
        CREATE,
        DESCRIBE,
        DESCRIBE_CONFIGS,
        READ,
        WRITE
    }

    /**
     * What a user may do; all else is forbidden.
     *
     * @param name the topic or group, or what its name begins with
     * @param prefix whether {@code name} is only the beginning
     */
    public record Rule(Resource resource, String name, boolean prefix, Set<Operation> operations) {}

    private static Map<String, Set<Topic>> listensTo() {
        var listens = new LinkedHashMap<String, Set<Topic>>();
        listens.put(
                "identity",
                EnumSet.of(
                        Topic.APPOINTMENT_BOOKED,
                        Topic.APPOINTMENT_RESCHEDULED,
                        Topic.APPOINTMENT_CANCELLED,
                        Topic.APPOINTMENT_COMPLETED));
        listens.put(
                "doctor",
                EnumSet.of(
                        Topic.USER_ERASED,
                        Topic.SLOT_LOCKED,
                        Topic.SLOT_RELEASED,
                        Topic.APPOINTMENT_BOOKED,
                        Topic.APPOINTMENT_RESCHEDULED,
                        Topic.APPOINTMENT_CANCELLED,
                        Topic.APPOINTMENT_REVIEWED));
        listens.put(
                "booking",
                EnumSet.of(
                        Topic.USER_ERASED, Topic.DOCTOR_PROFILE_CHANGED, Topic.SLOTS_PUBLISHED, Topic.SLOTS_WITHDRAWN));
        listens.put(
                "notification",
                EnumSet.of(
                        Topic.CONTACT_CHANGED,
                        Topic.USER_ERASED,
                        Topic.LOGIN_OTP_REQUESTED,
                        Topic.DOCTOR_PROFILE_CHANGED,
                        Topic.APPOINTMENT_BOOKED,
                        Topic.APPOINTMENT_RESCHEDULED,
                        Topic.APPOINTMENT_CANCELLED,
                        Topic.APPOINTMENT_COMPLETED,
                        Topic.REMINDER_DUE,
                        Topic.BOOKING_OTP_REQUESTED));
        return listens;
    }

    /** The topics a service listens to; none for one that has no database to listen with. */
    public static Set<Topic> readBy(String service) {
        return Set.copyOf(LISTENS_TO.getOrDefault(service, Set.of()));
    }

    /** What each user may do, by the user's name. */
    public static Map<String, List<Rule>> rules() {
        var rules = new LinkedHashMap<String, List<Rule>>();
        LISTENS_TO.forEach((service, topics) -> rules.put(service, ofService(service, topics)));
        rules.put(PROVISION, ofProvisioning());
        rules.put(ANALYTICS, ofAnalysts());
        rules.put(OPERATOR, ofOperators());
        return rules;
    }

    private static List<Rule> ofService(String service, Set<Topic> topics) {
        var rules = new ArrayList<Rule>();
        for (var topic : Topic.publishedBy(service)) {
            rules.add(
                    READS_AGAIN.getOrDefault(service, Set.of()).contains(topic)
                            ? topic(topic.topicName(), Operation.READ, Operation.WRITE)
                            : topic(topic.topicName(), Operation.WRITE));
        }
        for (var topic : topics) {
            rules.add(topic(topic.topicName(), Operation.READ));
            rules.add(topic(topic.deadLetterTopic(service), Operation.CREATE, Operation.WRITE));
        }
        rules.add(group(service, false, Operation.DESCRIBE, Operation.READ));
        return rules;
    }

    private static List<Rule> ofProvisioning() {
        return Arrays.stream(Topic.values())
                .map(topic -> topic(topic.topicName(), Operation.CREATE, Operation.DESCRIBE_CONFIGS))
                .toList();
    }

    private static List<Rule> ofAnalysts() {
        var rules = new ArrayList<Rule>();
        for (var topic : Topic.values()) {
            if (!topic.isRestricted()) {
                rules.add(topic(topic.topicName(), Operation.READ));
            }
        }
        rules.add(group(ANALYTICS, true, Operation.DESCRIBE, Operation.READ));
        return rules;
    }

    /** Sees how all topics and groups stand, and deals with dead letters; reads personal data in none but those. */
    private static List<Rule> ofOperators() {
        var rules = new ArrayList<Rule>();
        for (var topic : Topic.values()) {
            if (topic.isRestricted()) {
                rules.add(topic(topic.topicName(), Operation.WRITE));
            } else {
                rules.add(topic(topic.topicName(), Operation.READ, Operation.WRITE));
            }
        }
        LISTENS_TO.forEach((service, topics) -> {
            topics.forEach(topic -> rules.add(topic(topic.deadLetterTopic(service), Operation.READ)));
            rules.add(group(service, false, Operation.DESCRIBE));
        });
        rules.add(group("amrutam-replay", false, Operation.DESCRIBE, Operation.READ));
        return rules;
    }

    private static Rule topic(String name, Operation first, Operation... others) {
        var operations = EnumSet.of(first, others);
        operations.add(Operation.DESCRIBE);
        return new Rule(Resource.TOPIC, name, false, Collections.unmodifiableSet(operations));
    }

    private static Rule group(String name, boolean prefix, Operation first, Operation... others) {
        return new Rule(Resource.GROUP, name, prefix, Collections.unmodifiableSet(EnumSet.of(first, others)));
    }
}
