package io.breaker.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitState;
import io.breaker.retry.Retry;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PipelineRegistry;
import io.breaker.timeout.Timeout;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the shop as it is developed, and as it is run. */
class ProfileTests {

    @Test
    void inDevelopmentNothingOpensAndPatienceIsLong() {
        try (ConfigurableApplicationContext shop = start("dev")) {
            assertThat(shop.getBean(Breakers.class).get("payment").state()).isEqualTo(CircuitState.METRICS_ONLY);
            assertThat(timeout(shop)).isEqualTo(Duration.ofSeconds(10));
            assertThat(attempts(shop)).isEqualTo(5);
        }
    }

    @Test
    void inProductionCallsFailFast() {
        try (ConfigurableApplicationContext shop = start("prod")) {
            assertThat(shop.getBean(Breakers.class).get("payment").state()).isEqualTo(CircuitState.CLOSED);
            assertThat(timeout(shop)).isEqualTo(Duration.ofMillis(1500));
            assertThat(attempts(shop)).isEqualTo(2);
        }
    }

    private static Duration timeout(ConfigurableApplicationContext shop) {
        return shop.getBean(PipelineRegistry.class)
                .pipeline("payment")
                .find(Timeout.class)
                .orElseThrow()
                .config()
                .limit();
    }

    private static int attempts(ConfigurableApplicationContext shop) {
        return shop.getBean(PipelineRegistry.class)
                .pipeline("notification")
                .find(Retry.class)
                .orElseThrow()
                .config()
                .maxAttempts();
    }

    private static ConfigurableApplicationContext start(String profile) {
        return new SpringApplicationBuilder(SampleApplication.class)
                .profiles(profile)
                .run("--server.port=0", "--sample.load.enabled=false");
    }
}
