package io.breaker.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.health.CircuitBreakersHealthContributor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class BreakerHealthContributorAutoConfigurationTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    BreakerAutoConfiguration.class,
                    BreakerHealthContributorAutoConfiguration.class,
                    HealthContributorRegistryAutoConfiguration.class));

    @Test
    void registersTheBreakersUnderTheirOwnName() {
        runner.run(context -> {
            assertThat(contributorIn(context)).isInstanceOf(CircuitBreakersHealthContributor.class);
            assertThat(context.getBean(HealthContributorRegistry.class)).hasSize(1);
        });
    }

    @Test
    void leavesTheStatusUpUnlessToldOtherwise() {
        runner.run(context -> assertThat(statusOfAnOpenBreaker(context)).isEqualTo(Status.UP));
        runner.withPropertyValues("breaker.health.open-status=down")
                .run(context -> assertThat(statusOfAnOpenBreaker(context)).isEqualTo(Status.DOWN));
        runner.withPropertyValues("breaker.health.open-status=CIRCUIT_OPEN")
                .run(context -> assertThat(statusOfAnOpenBreaker(context)).isEqualTo(new Status("CIRCUIT_OPEN")));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void warnsOfAStatusThatNobodyKnows(CapturedOutput output) {
        runner.withPropertyValues("breaker.health.open-status=dwon")
                .run(context -> assertThat(output)
                        .containsOnlyOnce(
                                "Property 'breaker.health.open-status': 'DWON' is no status of Spring Boot, and"
                                        + " management.endpoint.health.status.order does not name it, so an open circuit does not"
                                        + " show in the status. Did you mean 'DOWN'? Known statuses: DOWN, OUT_OF_SERVICE,"
                                        + " UNKNOWN, UP."));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void acceptsAStatusOfTheApplication(CapturedOutput output) {
        runner.withPropertyValues(
                        "breaker.health.open-status=circuit-open",
                        "management.endpoint.health.status.order=down,circuit-open,up")
                .run(context -> assertThat(output).doesNotContain("open-status"));
    }

    @Test
    void canBeTurnedOff() {
        runner.withPropertyValues("management.health.circuitbreakers.enabled=false")
                .run(context -> assertThat(contributorIn(context)).isNull());
        runner.withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(contributorIn(context)).isNull());
    }

    @Test
    void leavesAContributorOfTheApplicationInItsPlace() {
        runner.withUserConfiguration(OwnIndicator.class)
                .run(context ->
                        assertThat(contributorIn(context)).isSameAs(context.getBean("circuitBreakersHealthIndicator")));
    }

    @Test
    void isThereWhereBeansAreMadeLazily() {
        runner.withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(contributorIn(context)).isNotNull());
    }

    @Test
    void isThereBeforeHealthGroupsAreValidated() {
        runner.withConfiguration(AutoConfigurations.of(HealthEndpointAutoConfiguration.class))
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=health",
                        "management.endpoint.health.group.traffic.include=circuitBreakers")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void isGoneWithTheApplication() {
        runner.run(context -> {
            HealthContributorRegistry registry = context.getBean(HealthContributorRegistry.class);

            context.close();

            assertThat(registry.getContributor("circuitBreakers")).isNull();
        });
    }

    private static HealthContributor contributorIn(ApplicationContext context) {
        return context.getBean(HealthContributorRegistry.class).getContributor("circuitBreakers");
    }

    private static Status statusOfAnOpenBreaker(ApplicationContext context) {
        context.getBean(CircuitBreakerRegistry.class)
                .register("payments", CircuitBreakerConfig.ofDefaults())
                .forceOpen();
        CircuitBreakersHealthContributor contributor = (CircuitBreakersHealthContributor) contributorIn(context);
        return contributor.getContributor("payments").health().getStatus();
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnIndicator {

        @Bean
        HealthIndicator circuitBreakersHealthIndicator() {
            return () -> Health.up().build();
        }
    }
}
