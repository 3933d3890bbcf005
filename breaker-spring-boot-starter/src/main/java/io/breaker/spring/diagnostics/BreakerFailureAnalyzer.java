package io.breaker.spring.diagnostics;

import io.breaker.spring.registry.BreakerConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells the user which setting of a breaker keeps the application from starting, and what to do about it. */
final class BreakerFailureAnalyzer extends AbstractFailureAnalyzer<BreakerConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BreakerConfigurationException cause) {
        return new FailureAnalysis(cause.description(), cause.action(), cause);
    }
}
