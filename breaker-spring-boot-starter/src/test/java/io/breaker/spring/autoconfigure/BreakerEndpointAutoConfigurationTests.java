package io.breaker.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.actuate.endpoint.CircuitBreakerEventLog;
import io.breaker.spring.actuate.endpoint.CircuitBreakersEndpoint;
import io.breaker.spring.actuate.endpoint.CircuitBreakersEndpointWebExtension;
import io.breaker.spring.registry.Breakers;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class BreakerEndpointAutoConfigurationTests {

    private static final AutoConfigurations TESTED =
            AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerEndpointAutoConfiguration.class);

    private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(TESTED);

    private final WebApplicationContextRunner exposed =
            web.withPropertyValues("management.endpoints.web.exposure.include=circuitbreakers");

    @Test
    void hasAnEndpointWhenItIsExposed() {
        exposed.run(context -> assertThat(context)
                .hasBean("breakerEndpoint")
                .hasBean("breakerEndpointWebExtension")
                .hasBean("breakerEventLog"));
    }

    @Test
    void hasNoEndpointAndListensToNothingWhenItIsNotExposed() {
        web.run(context -> assertThat(context)
                .doesNotHaveBean(CircuitBreakersEndpoint.class)
                .doesNotHaveBean(CircuitBreakersEndpointWebExtension.class)
                .doesNotHaveBean(CircuitBreakerEventLog.class));
    }

    @Test
    void hasNoEndpointWithoutAccess() {
        exposed.withPropertyValues("management.endpoint.circuitbreakers.access=NONE")
                .run(context -> assertThat(context).doesNotHaveBean(CircuitBreakersEndpoint.class));
    }

    @Test
    void hasNoEndpointWithoutBreakers() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BreakerEndpointAutoConfiguration.class))
                .withPropertyValues("management.endpoints.web.exposure.include=circuitbreakers")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(CircuitBreakersEndpoint.class));
    }

    @Test
    void backsOffWhereTheApplicationHasItsOwn() {
        exposed.withUserConfiguration(OwnEventLog.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(CircuitBreakerEventLog.class)
                        .hasBean("ownEventLog"));
    }

    @Test
    void bindsWhatItShowsToWhom() {
        exposed.withPropertyValues(
                        "management.endpoint.circuitbreakers.show-values=when-authorized",
                        "management.endpoint.circuitbreakers.roles=OPS,ADMIN")
                .run(context -> assertThat(context.getBean(CircuitBreakersEndpointProperties.class))
                        .satisfies(properties -> {
                            assertThat(properties.showValues()).isEqualTo(Show.WHEN_AUTHORIZED);
                            assertThat(properties.roles()).containsExactlyInAnyOrder("OPS", "ADMIN");
                        }));
    }

    @Test
    void showsNoValuesByDefault() {
        exposed.run(context -> assertThat(
                        context.getBean(CircuitBreakersEndpointProperties.class).showValues())
                .isEqualTo(Show.NEVER));
    }

    @Test
    void offersItsOperationsOverJmxToo() {
        new ApplicationContextRunner()
                .withConfiguration(TESTED)
                .withConfiguration(AutoConfigurations.of(
                        EndpointAutoConfiguration.class,
                        JmxAutoConfiguration.class,
                        JmxEndpointAutoConfiguration.class))
                .withPropertyValues(
                        "spring.jmx.enabled=true",
                        "spring.jmx.default-domain=io.breaker.test",
                        "management.endpoints.jmx.exposure.include=circuitbreakers",
                        "management.endpoint.circuitbreakers.access=UNRESTRICTED")
                .run(context -> {
                    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
                    ObjectName name = new ObjectName("io.breaker.test:type=Endpoint,name=Circuitbreakers");

                    assertThat(context).doesNotHaveBean(CircuitBreakersEndpointWebExtension.class);
                    assertThat(Arrays.stream(server.getMBeanInfo(name).getOperations())
                                    .map(MBeanOperationInfo::getName))
                            .containsExactlyInAnyOrder(
                                    "circuitBreakers", "circuitBreaker", "circuitBreakerEvents", "changeState");

                    context.getBean(Breakers.class).get("payments");
                    server.invoke(name, "changeState", new Object[] {"payments", "disabled", "drill", null}, null);

                    assertThat(server.invoke(name, "circuitBreaker", new Object[] {"payments"}, null))
                            .asInstanceOf(InstanceOfAssertFactories.MAP)
                            .containsEntry("state", "DISABLED")
                            .containsEntry("reason", "drill");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnEventLog {

        @Bean
        CircuitBreakerEventLog ownEventLog(CircuitBreakerRegistry registry) {
            return new CircuitBreakerEventLog(registry, true);
        }
    }
}
