package com.amrutam.localstack.topic;

import com.amrutam.localstack.server.KafkaUsers;
import java.util.concurrent.Callable;
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
                var rules = KafkaUsers.rules(prefix);
                Cluster.await(admin.createAcls(rules).all());
                System.out.printf("%d rules in force%n", rules.size());
            }
        } else {
            KafkaUsers.rules(prefix)
                    .forEach(rule -> System.out.printf(
                            "%-18s %-16s %-5s %-8s %s%n",
                            rule.entry().principal(),
                            rule.entry().operation(),
                            rule.pattern().resourceType(),
                            rule.pattern().patternType(),
                            rule.pattern().name()));
        }
        return 0;
    }
}
