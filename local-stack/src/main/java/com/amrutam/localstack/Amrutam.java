package com.amrutam.localstack;

import com.amrutam.localstack.server.ServerProcess.DidNotStart;
import com.amrutam.localstack.topic.Events;
import com.amrutam.localstack.topic.Provision;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;

/** Entry of the command line. */
@Command(
        name = "amrutam",
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Runs all of Amrutam on this machine: real Postgres, Kafka, Redis and schema registry, and the five"
                        + " services, on loopback.",
        subcommands = {
            Up.class,
            Demo.class,
            Check.class,
            Status.class,
            Logs.class,
            Events.class,
            Backup.class,
            Restore.class,
            Provision.class,
            NewSecrets.class,
            Down.class,
            Reset.class,
            HelpCommand.class,
        },
        footerHeading = "%nAlso: ./amrutam test [module]   everything CI checks, or one module of it%n"
                + "      ./amrutam load            a thousand people at once, and what they cost%n"
                + "      ./amrutam chaos           faults on the running stack while people use it, and what they notice%n"
                + "      ./amrutam images          builds the container images that the compose files and charts name%n"
                + "%nExit codes:%n",
        footer = {
            "  0  done",
            "  1  something unexpected failed",
            "  2  wrong usage",
            "  3  no JDK 25 or no Maven on this machine",
            "  4  a port is taken by somebody else",
            "  5  too little memory is free",
            "  6  a server or service did not start (the end of its log is shown)",
            "  7  the build failed",
            "  8  a step of the demo was refused",
            "  9  another ./amrutam is changing the stack",
            " 10  a bar of the load or chaos run was missed, or its checker found something",
        })
public final class Amrutam {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    private boolean help;

    private Amrutam() {}

    public static void main(String[] arguments) {
        var commandLine = new CommandLine(new Amrutam());
        commandLine.setExecutionExceptionHandler((e, failed, parsed) -> report(e, failed));
        System.exit(commandLine.execute(arguments.length == 0 ? new String[] {"help"} : arguments));
    }

    private static int report(Exception e, CommandLine failed) {
        var err = failed.getErr();
        return switch (e) {
            case Trouble trouble -> {
                err.println(trouble.getMessage());
                yield trouble.exitCode();
            }
            case DidNotStart dead -> {
                err.printf("%n%s%n", dead.getMessage());
                err.printf(
                        "%nAll of it: ./amrutam logs %s. The rest stays up; ./amrutam down ends it.%n", dead.server());
                yield ExitCode.DID_NOT_START;
            }
            default -> {
                e.printStackTrace(err);
                yield ExitCode.FAILED;
            }
        };
    }
}
