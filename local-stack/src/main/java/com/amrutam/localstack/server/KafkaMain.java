package com.amrutam.localstack.server;

import kafka.Kafka;
import kafka.tools.StorageTool;

/** The broker's main class: formats the log directory where that was not done, then runs Kafka, in one JVM not two. */
final class KafkaMain {
    private KafkaMain() {}

    public static void main(String[] arguments) {
        var configuration = arguments[0];
        var clusterId = arguments[1];
        int failure = StorageTool.execute(
                new String[] {"format", "--config", configuration, "--cluster-id", clusterId, "--ignore-formatted"},
                System.out);
        if (failure != 0) {
            System.exit(failure);
        }
        Kafka.main(new String[] {configuration});
    }
}
