package io.breaker.spring.actuate.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.spring.actuate.endpoint.CircuitBreakersDescriptor.Summary;
import io.breaker.spring.registry.PolicyTotals;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CircuitBreakersDescriptorTests {

    private final ManualTime time = new ManualTime();

    @Test
    void isHealthyWhenNoBreakerIsOpen() {
        assertThat(describe().status()).isEqualTo("healthy");
        assertThat(describe(closed("a"), closed("b")).status()).isEqualTo("healthy");
    }

    @Test
    void isDegradedWhenFewerThanHalfAreOpen() {
        assertThat(describe(closed("a"), closed("b"), open("c")).status()).isEqualTo("degraded");
    }

    @Test
    void isUnhealthyWhenHalfOrMoreAreOpen() {
        assertThat(describe(closed("a"), open("b")).status()).isEqualTo("unhealthy");
        assertThat(describe(forcedOpen("a")).status()).isEqualTo("unhealthy");
    }

    @Test
    void doesNotTakeABreakerForOpenThatWaitsForItsNextCallOnly() {
        CircuitBreaker open = open("a");
        time.advance(Duration.ofSeconds(60));

        CircuitBreakersDescriptor descriptor = describe(open);

        assertThat(descriptor.status()).isEqualTo("healthy");
        assertThat(descriptor.summary().open()).isEqualTo(1);
        assertThat(descriptor.circuitBreakers().get(0).retryAfter()).isEqualTo(Duration.ZERO);
    }

    @Test
    void takesABreakerForOpenWhoseCooldownHasNoEnd() {
        CircuitBreaker open = tripped("a", "indefinite");

        CircuitBreakersDescriptor descriptor = describe(open);

        assertThat(descriptor.status()).isEqualTo("unhealthy");
        assertThat(descriptor.circuitBreakers().get(0).retryAfter()).isNull();
    }

    @Test
    void countsTheBreakersOfEachState() {
        CircuitBreaker disabled = closed("d");
        disabled.disable();
        CircuitBreaker metricsOnly = closed("m");
        metricsOnly.metricsOnly();
        CircuitBreaker halfOpen = open("h");
        time.advance(Duration.ofSeconds(60));
        halfOpen.run(() -> {});

        CircuitBreakersDescriptor descriptor =
                describe(closed("c"), open("o"), open("p"), halfOpen, metricsOnly, disabled, forcedOpen("f"));

        assertThat(descriptor.summary()).isEqualTo(new Summary(7, 1, 2, 1, 1, 1, 1));
    }

    @Test
    void putsTheLowestScoreFirstAndSortsTheRestByName() {
        CircuitBreaker failing = closed("x");
        assertThatThrownBy(() -> failing.run(CircuitBreakersDescriptorTests::fail));

        CircuitBreakersDescriptor descriptor = describe(closed("a"), forcedOpen("z"), failing, open("y"), closed("b"));

        assertThat(descriptor.circuitBreakers())
                .extracting(CircuitBreakerDescriptor::name)
                .containsExactly("y", "z", "x", "a", "b");
    }

    private static CircuitBreakersDescriptor describe(CircuitBreaker... breakers) {
        return CircuitBreakersDescriptor.of(Arrays.stream(breakers)
                .map(breaker -> CircuitBreakerDescriptor.of(breaker, new PolicyTotals(0, 0, 0, 0)))
                .toList());
    }

    private CircuitBreaker closed(String name) {
        return CircuitBreaker.of(name, CircuitBreakerConfig.ofDefaults(), time);
    }

    private CircuitBreaker forcedOpen(String name) {
        CircuitBreaker breaker = closed(name);
        breaker.forceOpen();
        return breaker;
    }

    private CircuitBreaker open(String name) {
        return tripped(name, "fixed(60s)");
    }

    private CircuitBreaker tripped(String name, String cooldown) {
        CircuitBreakerConfig config = CircuitBreakerConfig.builder()
                .tripper("failureStreak(1)")
                .cooldown(cooldown)
                .build();
        CircuitBreaker breaker = CircuitBreaker.of(name, config, time);
        assertThatThrownBy(() -> breaker.run(CircuitBreakersDescriptorTests::fail));
        return breaker;
    }

    private static void fail() {
        throw new IllegalStateException("down");
    }
}
