package io.breaker.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.registry.Breakers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/**
 * What is not on the class path costs its feature and nothing else.
 *
 * <p>The auto-configurations are imported by an annotation, as in an application: they are then read without being
 * loaded.
 */
class MissingClassesTests {

    private static final String[] ACTUATOR = {"org.springframework.boot.actuate"};
    private static final String[] HEALTH = {"org.springframework.boot.health"};
    private static final String[] METERS = {"io.micrometer", "org.springframework.boot.micrometer"};

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withUserConfiguration(Application.class)
            .withPropertyValues("management.endpoints.web.exposure.include=circuitbreakers");

    @Test
    void withoutActuatorThereIsNoEndpoint() {
        runner.withClassLoader(new FilteredClassLoader(ACTUATOR)).run(works(BreakerEndpointAutoConfiguration.class));
    }

    @Test
    void withoutHealthThereIsNoContributor() {
        runner.withClassLoader(new FilteredClassLoader(HEALTH))
                .run(works(BreakerHealthContributorAutoConfiguration.class));
    }

    @Test
    void withoutMicrometerThereAreNoMeters() {
        runner.withClassLoader(new FilteredClassLoader(METERS)).run(works(BreakerMetricsAutoConfiguration.class));
    }

    @Test
    void withoutSpringMvcRejectionsAreNotAnswered() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.web.servlet"))
                .run(works(BreakerWebAutoConfiguration.class));
    }

    @Test
    void withoutSpringWebFluxRejectionsAreNotAnswered() {
        new ReactiveWebApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withClassLoader(new FilteredClassLoader("org.springframework.web.reactive"))
                .run(context ->
                        assertThat(context).hasNotFailed().doesNotHaveBean(BreakerWebFluxAutoConfiguration.class));
    }

    @Test
    void withoutSpringBootsRestClientOthersAreGuarded() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.restclient"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("breakerHttpClients")
                        .hasBean("breakerWebClients")
                        .doesNotHaveBean("breakerRestClientCustomizer"));
    }

    @Test
    void withoutWebClientOthersAreGuarded() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.web.reactive", "reactor"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("breakerHttpClients")
                        .hasBean("breakerRestClientCustomizer")
                        .doesNotHaveBean("breakerWebClients"));
    }

    @Test
    void withNothingOptionalTheBreakersWork() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withClassLoader(new FilteredClassLoader(
                        "com.fasterxml.jackson",
                        "io.micrometer",
                        "jakarta.servlet",
                        "kotlin",
                        "kotlinx",
                        "org.springframework.boot.actuate",
                        "org.springframework.boot.health",
                        "org.springframework.boot.micrometer",
                        "org.springframework.boot.restclient",
                        "org.springframework.boot.webmvc",
                        "org.springframework.cloud",
                        "org.springframework.transaction",
                        "org.springframework.web",
                        "reactor",
                        "tools.jackson"))
                .run(context -> {
                    assertThat(context).hasNotFailed().hasBean("breakerTransitionLogger");
                    assertThat(context.getBean(Breakers.class).get("payments").state())
                            .isEqualTo(CircuitState.CLOSED);
                });
    }

    private static ContextConsumer<AssertableWebApplicationContext> works(Class<?> missing) {
        return context -> {
            assertThat(context).hasNotFailed().doesNotHaveBean(missing).hasBean("breakerTransitionLogger");
            assertThat(context.getBean(Breakers.class).get("payments").state()).isEqualTo(CircuitState.CLOSED);
        };
    }

    @ImportAutoConfiguration({
        BreakerAutoConfiguration.class,
        BreakerEndpointAutoConfiguration.class,
        BreakerEventAutoConfiguration.class,
        BreakerHealthContributorAutoConfiguration.class,
        BreakerHttpClientsAutoConfiguration.class,
        BreakerLoggingAutoConfiguration.class,
        BreakerMetricsAutoConfiguration.class,
        BreakerRefreshAutoConfiguration.class,
        BreakerWebAutoConfiguration.class,
        BreakerWebFluxAutoConfiguration.class
    })
    static class Application {}
}
