package io.breaker.spring.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.diagnostics.StartupFailures;
import io.breaker.spring.registry.Breakers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

@ExtendWith(OutputCaptureExtension.class)
class UnexplainedFailureTests {

    @Test
    void aMistakeThatCannotBeExplainedKeepsNoLaterRefreshAway(CapturedOutput output) {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
                .run(context -> {
                    Breakers breakers = context.getBean(Breakers.class);
                    breakers.get("payments");
                    MockEnvironment environment =
                            new MockEnvironment().withProperty("breaker.instances.payments.tripper", "failureStreak(");
                    // As where a failure analyzer of the application throws.
                    StartupFailures broken = new StartupFailures(new GenericApplicationContext() {
                        @Override
                        public ClassLoader getClassLoader() {
                            throw new IllegalStateException("closed");
                        }
                    });
                    SettingsRefresh settings = new SettingsRefresh(breakers, environment, broken);
                    settings.refresh();
                    assertThat(output).contains("The settings of circuit breakers stay as they are");

                    environment.setProperty("breaker.instances.payments.tripper", "failureStreak(7)");
                    settings.refresh();

                    assertThat(breakers.get("payments").config().tripper().text())
                            .isEqualTo("failureStreak(7)");
                });
    }
}
