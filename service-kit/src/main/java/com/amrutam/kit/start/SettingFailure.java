package com.amrutam.kit.start;

import com.amrutam.kit.setting.SettingRefused;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** A setting that was refused where it is used. */
final class SettingFailure extends AbstractFailureAnalyzer<SettingRefused> implements Ordered {
    @Override
    protected FailureAnalysis analyze(Throwable failure, SettingRefused cause) {
        return Refusal.of(cause.setting(), cause.reason(), failure);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
