package com.amrutam.kit.start;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** One line instead of Spring's page: what collects logs shows the last line of a container that died. */
final class LastLine implements FailureAnalysisReporter {
    private static final Logger log = LoggerFactory.getLogger(LastLine.class);

    @Override
    public void report(FailureAnalysis analysis) {
        var action = Objects.requireNonNullElse(analysis.getAction(), "");
        log.error(
                "Not started: {}",
                (analysis.getDescription() + " " + action)
                        .replaceAll("\\s+", " ")
                        .strip());
    }
}
