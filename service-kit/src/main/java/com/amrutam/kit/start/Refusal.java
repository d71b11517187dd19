package com.amrutam.kit.start;

import java.util.Locale;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Why a service does not start, by the setting that has to change. */
final class Refusal {
    private Refusal() {}

    static FailureAnalysis of(String setting, String reason, Throwable failure) {
        return new FailureAnalysis(
                "%s (%s) %s".formatted(setting, environmentVariable(setting), reason), null, failure);
    }

    /** The name in the environment, by Spring's rules: {@code a.b-c[0]} is {@code A_BC_0}. */
    private static String environmentVariable(String setting) {
        return setting.replace("-", "")
                .replace("]", "")
                .replace('[', '_')
                .replace('.', '_')
                .toUpperCase(Locale.ROOT);
    }
}
