package io.breaker.spring.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerRefreshAutoConfiguration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.autoconfigure.ConfigurationPropertiesRebinderAutoConfiguration;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;

class EnvironmentListenerTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerRefreshAutoConfiguration.class))
            .withPropertyValues("breaker.instances.payments.tripper=failureStreak(${streak:3})");

    @Test
    void followsTheEnvironmentBesideTheRebindingOfSpringCloud() {
        runner.withConfiguration(AutoConfigurations.of(
                        ConfigurationPropertiesRebinderAutoConfiguration.class, RefreshAutoConfiguration.class))
                .run(context -> {
                    RefreshedContext app = RefreshedContext.of(context);
                    assertThat(app.breaker("payments").config().tripper().text())
                            .isEqualTo("failureStreak(3)");

                    // The key of the event is not one of ours: a placeholder refers to it.
                    app.with("streak", "5");
                    context.publishEvent(new EnvironmentChangeEvent(context, Set.of("streak")));

                    assertThat(app.breaker("payments").config().tripper().text())
                            .isEqualTo("failureStreak(5)");
                    assertThat(app.reconfigured()).containsExactly("payments");
                });
    }

    @Test
    void withoutSpringCloudCodeMayAskForIt() {
        runner.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("breakerEnvironmentListener");
                    RefreshedContext app = RefreshedContext.of(context);
                    app.breaker("payments");

                    app.with("streak", "5").refresh();

                    assertThat(app.reconfigured()).containsExactly("payments");
                });
    }
}
