package io.breaker.spring.refresh;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Reconfigured;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.registry.Breakers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** An application whose properties a test changes. */
final class RefreshedContext {

    /** Stronger than all others. */
    private final Map<String, Object> changed = new ConcurrentHashMap<>();

    private final ConfigurableApplicationContext context;

    /** Whose settings changed, in their order. */
    private final List<String> reconfigured = new CopyOnWriteArrayList<>();

    static RefreshedContext of(AssertableApplicationContext context) {
        return new RefreshedContext(context.getSourceApplicationContext(ConfigurableApplicationContext.class));
    }

    private RefreshedContext(ConfigurableApplicationContext context) {
        this.context = context;
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("changed", changed));
        context.getBean(CircuitBreakerRegistry.class)
                .onEvent(Reconfigured.class, event -> reconfigured.add(event.name()));
    }

    RefreshedContext with(String property, String value) {
        changed.put(property, value);
        return this;
    }

    RefreshedContext without(String property) {
        changed.remove(property);
        return this;
    }

    void refresh() {
        context.getBean(SettingsRefresh.class).refresh();
    }

    List<String> reconfigured() {
        return reconfigured;
    }

    CircuitBreaker breaker(String name) {
        return context.getBean(Breakers.class).get(name);
    }
}
