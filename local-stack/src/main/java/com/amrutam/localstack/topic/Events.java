package com.amrutam.localstack.topic;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The group of commands for people who run or read the topics. */
@Command(
        name = "events",
        description = {
            "Shows the topics and mends what went wrong on them.",
            "Without options it works on the local stack; --kafka, --registry and --kafka-config name another cluster."
        },
        subcommands = {
            ListTopics.class,
            Tail.class,
            DeadLetters.class,
            Replay.class,
            Republish.class,
            Lost.class,
            Rebuild.class,
            GrantAccess.class,
            RotateKeys.class,
            HelpCommand.class,
        })
public final class Events {}
