package io.breaker.spring.health;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.registry.HealthContributorRegistry;

/**
 * Puts the health of the circuit breakers into the registry under the name {@code circuitBreakers}.
 *
 * <p>A contributor that is a bean gets the name of the bean. Ours starts with {@code breaker} as all our beans do, so it
 * is registered by hand. That is early enough for health groups that name it: Spring Boot validates them when all
 * singletons are there.
 */
public final class CircuitBreakersHealthRegistration implements InitializingBean, DisposableBean {

    /** The name of the health component. */
    public static final String NAME = "circuitBreakers";

    private final HealthContributorRegistry registry;
    private final HealthContributor contributor;

    /**
     * Prepares the registration.
     *
     * @param registry where to register
     * @param contributor what to register
     */
    public CircuitBreakersHealthRegistration(HealthContributorRegistry registry, HealthContributor contributor) {
        this.registry = registry;
        this.contributor = contributor;
    }

    /** Registers the contributor, unless the application has its own of that name. */
    @Override
    public void afterPropertiesSet() {
        if (registry.getContributor(NAME) == null) {
            registry.registerContributor(NAME, contributor);
        }
    }

    @Override
    public void destroy() {
        if (registry.getContributor(NAME) == contributor) {
            registry.unregisterContributor(NAME);
        }
    }
}
