package com.amrutam.localstack.server;

import com.amrutam.events.Access;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.security.scram.ScramLoginModule;

/** The users of {@link Access} in Kafka's own terms: how they log in, and the rules that say what they may do. */
public final class KafkaUsers {
    private static final ScramMechanism MECHANISM = ScramMechanism.SCRAM_SHA_512;
    /** The least that the mechanism allows: what is guessed here is a random password of this machine. */
    private static final int ITERATIONS = 4096;

    private KafkaUsers() {}

    /**
     * All rules.
     *
     * @param prefix what the cluster puts before the names of our users
     */
    public static List<AclBinding> rules(String prefix) {
        return Access.rules().entrySet().stream()
                .flatMap(user -> user.getValue().stream().flatMap(rule -> bindings(prefix + user.getKey(), rule)))
                .toList();
    }

    private static Stream<AclBinding> bindings(String user, Access.Rule rule) {
        var pattern = new ResourcePattern(
                switch (rule.resource()) {
                    case TOPIC -> ResourceType.TOPIC;
                    case GROUP -> ResourceType.GROUP;
                },
                rule.name(),
                rule.prefix() ? PatternType.PREFIXED : PatternType.LITERAL);
        return rule.operations().stream()
                .map(operation -> new AclBinding(
                        pattern,
                        new AccessControlEntry(
                                "User:" + user, "*", AclOperation.valueOf(operation.name()), AclPermissionType.ALLOW)));
    }

    /** Lets these users log in, by name with their passwords, and puts the rules into force. */
    public static void admit(Admin admin, Map<String, String> passwords) throws InterruptedException {
        try {
            admin.alterUserScramCredentials(passwords.entrySet().stream()
                            .<UserScramCredentialAlteration>map(user -> new UserScramCredentialUpsertion(
                                    user.getKey(), new ScramCredentialInfo(MECHANISM, ITERATIONS), user.getValue()))
                            .toList())
                    .all()
                    .get();
            admin.createAcls(rules("")).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka's users could not be made", e.getCause());
        }
    }

    /** What a client is configured with to log in. */
    public static Map<String, String> login(String user, String password) {
        return Map.of(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                "SASL_PLAINTEXT",
                SaslConfigs.SASL_MECHANISM,
                MECHANISM.mechanismName(),
                SaslConfigs.SASL_JAAS_CONFIG,
                "%s required username=\"%s\" password=\"%s\";"
                        .formatted(ScramLoginModule.class.getName(), user, password));
    }
}
