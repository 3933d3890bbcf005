package io.breaker.spring.aot;

import io.breaker.spring.registry.HttpProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * What is needed whatever the application says. It is little: Spring Boot itself finds the properties, the types of the
 * endpoint and the failure analyzers, and Spring the proxies.
 */
final class BreakerRuntimeHints implements RuntimeHintsRegistrar {

    /** Registers a record of the properties that stands in a file of its own: Spring Boot looks into nested ones only. */
    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
        BindableRuntimeHintsRegistrar.forTypes(HttpProperties.class).registerHints(hints, loader);
    }
}
