package io.breaker.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.web.RejectionResolver;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class BreakerWebAutoConfigurationTests {

    private static final AutoConfigurations TESTED =
            AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerWebAutoConfiguration.class);

    private final WebApplicationContextRunner servlet = new WebApplicationContextRunner().withConfiguration(TESTED);

    @Test
    void answersRejectionsInSpringMvc() {
        servlet.run(context -> assertThat(context).hasBean("breakerRejectionResolver"));
    }

    @Test
    void canBeTurnedOff() {
        servlet.withPropertyValues("breaker.web.problem-details=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RejectionResolver.class));
    }

    @Test
    void backsOffWhereTheApplicationHasItsOwn() {
        servlet.withBean("ownResolver", RejectionResolver.class)
                .run(context -> assertThat(context)
                        .hasSingleBean(RejectionResolver.class)
                        .hasBean("ownResolver"));
    }

    @Test
    void doesNothingOutsideOfAServletContainer() {
        new ApplicationContextRunner()
                .withConfiguration(TESTED)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RejectionResolver.class));
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(TESTED)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RejectionResolver.class));
    }
}
