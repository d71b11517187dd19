package com.amrutam.kit.start;

import com.amrutam.kit.codes.CodeCipher;
import com.amrutam.kit.codes.OneTimeCodes;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

/** A key that not every service needs, and this one was not given. */
final class MissingKey extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> implements Ordered {
    @Override
    protected @Nullable FailureAnalysis analyze(Throwable failure, NoSuchBeanDefinitionException cause) {
        if (cause.getBeanType() == OneTimeCodes.class) {
            return Refusal.of("amrutam.codes.digest-key", "is missing", failure);
        }
        if (cause.getBeanType() == CodeCipher.class) {
            return Refusal.of("amrutam.codes.keyset", "is missing", failure);
        }
        return null;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
