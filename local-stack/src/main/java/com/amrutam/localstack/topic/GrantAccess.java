package com.amrutam.localstack.topic;

import com.amrutam.events.Access;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who may do what, as the catalogue says: shown, or put into force on a cluster that has an authorizer. */
@Command(
        name = "access",
        description =
                "Shows who may do what with the topics; --apply adds these rules to the cluster's, and takes none away.")
final class GrantAccess implements Callable<Integer> {
    @Mixin
    private Cluster cluster = new Cluster();

    @Option(names = "--apply", description = "Puts the rules into force; needs a user that may alter them.")
    private boolean apply;

    @Option(
            names = "--prefix",
            paramLabel = "TEXT",
            defaultValue = "",
            description =
                    "What the cluster puts before the names of our users, such as an installation's name and a dash.")
    private String prefix = "";

    @Override
    public Integer call() throws InterruptedException {
        if (apply) {
            try (var admin = cluster.admin()) {
                var bindings = bindings();
                Cluster.await(admin.createAcls(bindings).all());
                System.out.printf("%d rules in force%n", bindings.size());
            }
        } else {
            bindings()
                    .forEach(binding -> System.out.printf(
                            "%-18s %-16s %-5s %-8s %s%n",
                            binding.entry().principal(),
                            binding.entry().operation(),
                            binding.pattern().resourceType(),
                            binding.pattern().patternType(),
                            binding.pattern().name()));
        }
        return 0;
    }

    private List<AclBinding> bindings() {
        return Access.rules().entrySet().stream()
                .flatMap(user -> user.getValue().stream().flatMap(rule -> bindings(user.getKey(), rule)))
                .toList();
    }

    private Stream<AclBinding> bindings(String user, Access.Rule rule) {
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
                                "User:" + prefix + user,
                                "*",
                                AclOperation.valueOf(operation.name()),
                                AclPermissionType.ALLOW)));
    }
}
