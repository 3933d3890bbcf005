package io.breaker.spring.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerRefreshAutoConfiguration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Publishers that somebody keeps, and subscribes to again after the settings have changed. */
class RefreshedPublisherTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerRefreshAutoConfiguration.class))
            .withPropertyValues(
                    "breaker.instances.payments.retry.max-attempts=1",
                    "breaker.instances.payments.retry.initial-delay=1ns")
            .withBean(Shop.class);

    @Test
    void aMonoGoesByTheSettingsThatThereAreWhenItIsSubscribedTo() {
        goesByTheSettingsOfItsSubscription(Shop::mono);
    }

    @Test
    void aFluxGoesByTheSettingsThatThereAreWhenItIsSubscribedTo() {
        goesByTheSettingsOfItsSubscription(Shop::flux);
    }

    private void goesByTheSettingsOfItsSubscription(Function<Shop, Publisher<String>> method) {
        runner.run(context -> {
            Shop shop = context.getBean(Shop.class);
            Publisher<String> kept = method.apply(shop);

            RefreshedContext.of(context)
                    .with("breaker.instances.payments.retry.max-attempts", "3")
                    .refresh();
            Flux.from(kept).onErrorComplete().blockLast();

            assertThat(shop.attempts()).isEqualTo(3);
        });
    }

    static class Shop {

        private final AtomicInteger attempts = new AtomicInteger();

        @CircuitBreaker("payments")
        public Mono<String> mono() {
            attempts.incrementAndGet();
            return Mono.error(new IllegalStateException("down"));
        }

        @CircuitBreaker("payments")
        public Flux<String> flux() {
            attempts.incrementAndGet();
            return Flux.error(new IllegalStateException("down"));
        }

        public int attempts() {
            return attempts.get();
        }
    }
}
