package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.registry.HttpProperties.Client;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Completes the startup report with the instances that no method, client or bean has asked for once all beans are made.
 * Code may still ask for them, at its first call; so what is wrong with one of them is found now.
 *
 * <p>Settings of an instance that cannot fit together whatever an annotation adds stop the start. Where an annotation
 * could have the last word, as it may in an application with more beans, they are a warning.
 */
public final class UnusedInstances implements SmartInitializingSingleton {

    private static final Log LOGGER = LogFactory.getLog(StartupReport.class);

    private final CircuitBreakerRegistry registry;
    private final Breakers breakers;
    private final BreakerProperties properties;
    private final PropertyOrigins origins;

    /**
     * Makes the list.
     *
     * @param registry knows which breakers there are
     * @param breakers knows what they are made of
     * @param properties the instances
     * @param origins knows where they stand
     */
    public UnusedInstances(
            CircuitBreakerRegistry registry, Breakers breakers, BreakerProperties properties, PropertyOrigins origins) {
        this.registry = registry;
        this.breakers = breakers;
        this.properties = properties;
        this.origins = origins;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!properties.enabled()) {
            return;
        }
        Set<String> asked = asked();
        properties.http().clients().forEach((name, client) -> requireBreaker(breaker(name, client)));
        for (String name : new TreeSet<>(properties.instances().keySet())) {
            if (!asked.contains(name)) {
                rehearse(name);
                report(name, asked);
            }
        }
    }

    /** Names the breakers there are, their families, and those of HTTP clients, which may make theirs later. */
    private Set<String> asked() {
        Set<String> asked =
                registry.all().stream().map(CircuitBreaker::name).collect(Collectors.toCollection(TreeSet::new));
        properties.http().clients().forEach((name, client) -> asked.add(breaker(name, client)));
        asked.stream()
                .flatMap(name -> BreakerNames.family(name).stream())
                .toList()
                .forEach(asked::add);
        return asked;
    }

    private static String breaker(String client, Client settings) {
        return settings.breaker() != null ? settings.breaker() : client;
    }

    /** The breaker of a client, or those of its hosts, may be made by the first call, and must not fail it. */
    private void requireBreaker(String name) {
        if (registry.find(name).isEmpty()) {
            breakers.rehearse(name);
        }
    }

    private void rehearse(String name) {
        try {
            breakers.rehearse(name);
        } catch (BreakerConfigurationException wrong) {
            if (breakers.decidedByProperties(name)) {
                throw wrong;
            }
            LOGGER.warn(wrong.description() + "\n\n" + wrong.action());
        }
    }

    private void report(String name, Set<String> asked) {
        // The breaker of a host is asked for by the first call to it.
        if (BreakerNames.family(name).filter(asked::contains).isPresent()) {
            return;
        }
        Optional<String> meant = asked.stream()
                .filter(other -> letters(other).equals(letters(name)))
                .findFirst();
        if (meant.isEmpty()) {
            LOGGER.info(subject(name) + " is not used: no method, client or bean has asked for circuit breaker '" + name
                    + "'. " + NearestName.advice("circuit breakers", name, asked));
        } else if (!properties.instances().containsKey(meant.get())) {
            LOGGER.warn(subject(name) + " is not used: the circuit breaker is called '" + meant.get()
                    + "', and upper case, hyphens and underscores are part of its name. An environment variable cannot"
                    + " write them: name the circuit breaker in a file too.");
        }
        // Else a variable speaks of an instance that has its right name elsewhere: there it counts, as Spring Boot has
        // it.
    }

    private String subject(String name) {
        return origins.subject(PropertyPath.instance(name));
    }

    private static String letters(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }
}
