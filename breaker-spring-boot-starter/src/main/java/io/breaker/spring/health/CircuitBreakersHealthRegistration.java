package io.breaker.spring.health;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.registry.HealthContributorRegistry;

/**
 * Puts the health of the circuit breakers into the registry.
 *
 * <p>A contributor that is a bean gets the name of the bean. Ours starts with {@code breaker} as all our beans do, so it
 * is registered by hand. That is early enough for health groups that name it: Spring Boot validates them when all
 * singletons are there.
 */
public final class CircuitBreakersHealthRegistration implements InitializingBean, DisposableBean {

    /** The name of the health component. */
    public static final String NAME = "circuitBreakers";

    /** The name of the health component where another library has a component {@code circuitBreakers}. */
    public static final String SECOND_NAME = "breakers";

    private final HealthContributorRegistry registry;
    private final String name;
    private final HealthContributor contributor;

    /**
     * Prepares the registration.
     *
     * @param registry where to register
     * @param name the name of the component
     * @param contributor what to register
     */
    public CircuitBreakersHealthRegistration(
            HealthContributorRegistry registry, String name, HealthContributor contributor) {
        this.registry = registry;
        this.name = name;
        this.contributor = contributor;
    }

    /** Registers the contributor, unless the application has its own of that name. */
    @Override
    public void afterPropertiesSet() {
        if (registry.getContributor(name) == null) {
            registry.registerContributor(name, contributor);
        }
    }

    @Override
    public void destroy() {
        if (registry.getContributor(name) == contributor) {
            registry.unregisterContributor(name);
        }
    }
}
