package io.breaker.spring.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.StateOverride;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import io.breaker.testing.ManualTime;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;

class CircuitBreakerMetricsTests {

    private final AnnotationConfigApplicationContext application =
            new AnnotationConfigApplicationContext(Application.class);
    private final ManualTime time = application.getBean(ManualTime.class);
    private final CircuitBreakerRegistry registry = application.getBean(CircuitBreakerRegistry.class);
    private final Breakers breakers = application.getBean(Breakers.class);
    private final CircuitBreakerMetrics metrics = new CircuitBreakerMetrics(registry, breakers);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void bind() {
        metrics.bindTo(meters);
    }

    @AfterEach
    void close() {
        application.close();
    }

    @Test
    void showsTheStateAsOneGaugeForEach() {
        CircuitBreaker breaker = register("failureStreak(1)");

        assertThat(meters.find("circuit.breaker.state").tag("name", "payments").gauges())
                .hasSize(6);
        assertThat(gauge("state", "state", "closed")).isOne();
        assertThat(gauge("state", "state", "forced-open")).isZero();

        breaker.forceOpen();

        assertThat(gauge("state", "state", "closed")).isZero();
        assertThat(gauge("state", "state", "forced-open")).isOne();
    }

    @Test
    void countsCallsByOutcomeAndRejectionsApart() {
        CircuitBreaker breaker = register("failureStreak(2)");
        succeed(breaker);
        succeed(breaker);
        fail(breaker, new IllegalArgumentException("ignored"));
        fail(breaker, new IllegalStateException("down"));
        breaker.forceOpen();
        assertThatThrownBy(() -> succeed(breaker));

        assertThat(counter("requests", "outcome", "success")).isEqualTo(2);
        assertThat(counter("requests", "outcome", "failure")).isEqualTo(1);
        assertThat(counter("requests", "outcome", "ignored")).isEqualTo(1);
        assertThat(counter("rejected.requests")).isEqualTo(1);
    }

    @Test
    void timesCallsByOutcome() {
        CircuitBreaker breaker = register("failureStreak(2)");
        succeed(breaker);
        succeed(breaker);
        fail(breaker, new IllegalStateException("down"));

        FunctionTimer success = timer("response.time", "outcome", "success");
        FunctionTimer failure = timer("response.time", "outcome", "failure");

        assertThat(success.count()).isEqualTo(2);
        assertThat(success.totalTime(TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(failure.count()).isEqualTo(1);
        assertThat(failure.totalTime(TimeUnit.SECONDS)).isEqualTo(1);
    }

    @Test
    void knowsNoRatesWithoutCalls() {
        CircuitBreaker breaker =
                register("(minRequests(9) & failureRate(0.5)) | slowRate(0.9, 1s) | slowRate(0.8, 3s)");

        assertThat(gauge("failure.rate")).isNaN();
        assertThat(gauge("slow.rate", "threshold", "1s")).isNaN();
        assertThat(gauge("slow.rate", "threshold", "3s")).isNaN();

        breaker.run(() -> {});
        succeed(breaker);
        fail(breaker, new IllegalStateException("down"));
        fail(breaker, new IllegalStateException("down"));

        assertThat(gauge("failure.rate")).isEqualTo(0.5);
        assertThat(gauge("slow.rate", "threshold", "1s")).isEqualTo(0.75);
        assertThat(gauge("slow.rate", "threshold", "3s")).isZero();
    }

    @Test
    void findsTheThresholdsThatComeWithOtherSettings() {
        CircuitBreaker breaker = register("slowRate(0.9, 1s)");

        breaker.reconfigure(
                breaker.config().toBuilder().tripper("slowRate(0.9, 250ms)").build());
        succeed(breaker);

        assertThat(gauge("slow.rate", "threshold", "250ms")).isOne();
        assertThat(gauge("slow.rate", "threshold", "1s")).isNaN();
    }

    @Test
    void findsTheThresholdsOfABreakerThatStartedWithoutAWindow() {
        CircuitBreaker breaker = registry.register(
                "payments",
                CircuitBreakerConfig.builder()
                        .tripper("slowRate(0.9, 1s)")
                        .initialState(CircuitState.DISABLED)
                        .build());
        assertThat(meters.find("circuit.breaker.slow.rate").gauges()).isEmpty();

        breaker.reset();

        assertThat(gauge("slow.rate", "threshold", "1s")).isNaN();
    }

    @Test
    void countsTheNaturalChangesOfStateFromTheStart() {
        CircuitBreaker breaker = register("failureStreak(1)");

        assertThat(meters.find("circuit.breaker.state.changes").functionCounters())
                .hasSize(4)
                .allSatisfy(counter -> assertThat(counter.count()).isZero());

        fail(breaker, new IllegalStateException("down"));
        time.advance(Duration.ofSeconds(60));
        fail(breaker, new IllegalStateException("down"));
        time.advance(Duration.ofSeconds(60));
        succeed(breaker);

        assertThat(counter("state.changes", "from", "closed", "to", "open")).isEqualTo(1);
        assertThat(counter("state.changes", "from", "open", "to", "half-open")).isEqualTo(2);
        assertThat(counter("state.changes", "from", "half-open", "to", "open")).isEqualTo(1);
        assertThat(counter("state.changes", "from", "half-open", "to", "closed"))
                .isEqualTo(1);
    }

    @Test
    void addsAnyOtherChangeOfStateWhenItFirstHappens() {
        CircuitBreaker breaker = register("failureStreak(1)");

        breaker.forceOpen();
        breaker.reset();
        breaker.forceOpen();

        assertThat(counter("state.changes", "from", "closed", "to", "forced-open"))
                .isEqualTo(2);
        assertThat(counter("state.changes", "from", "forced-open", "to", "closed"))
                .isEqualTo(1);
        assertThat(meters.find("circuit.breaker.state.changes").functionCounters())
                .hasSize(6);
    }

    @Test
    void countsWhatHappenedBeforeItWasBound() {
        CircuitBreaker breaker = register("failureStreak(1)");
        breaker.disable();
        SimpleMeterRegistry later = new SimpleMeterRegistry();

        metrics.bindTo(later);

        assertThat(later.get("circuit.breaker.state.changes")
                        .tags("from", "closed", "to", "disabled")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void seesThatAnOverrideHasEndedThoughNoCallCame() {
        CircuitBreaker breaker = register("failureStreak(1)");
        breaker.override(StateOverride.to(CircuitState.FORCED_OPEN).expiringIn(Duration.ofSeconds(10)));

        time.advance(Duration.ofSeconds(10));

        assertThat(gauge("state", "state", "closed")).isOne();
        assertThat(counter("state.changes", "from", "forced-open", "to", "closed"))
                .isEqualTo(1);
    }

    @Test
    void addsUpTheTimeInEachState() {
        CircuitBreaker breaker = register("failureStreak(1)");
        time.advance(Duration.ofSeconds(30));
        breaker.forceOpen();
        time.advance(Duration.ofSeconds(10));
        breaker.reset();
        time.advance(Duration.ofSeconds(20));

        FunctionTimer closed = timer("state.time", "state", "closed");
        FunctionTimer forcedOpen = timer("state.time", "state", "forced-open");

        assertThat(closed.totalTime(TimeUnit.SECONDS)).isEqualTo(50);
        assertThat(closed.count()).isEqualTo(2);
        assertThat(forcedOpen.totalTime(TimeUnit.SECONDS)).isEqualTo(10);
        assertThat(forcedOpen.count()).isEqualTo(1);
        assertThat(timer("state.time", "state", "open").count()).isZero();
    }

    @Test
    void countsHowOftenTheCircuitWouldHaveOpened() {
        CircuitBreaker breaker = register("failureStreak(1)");
        breaker.metricsOnly();
        fail(breaker, new IllegalStateException("down"));
        fail(breaker, new IllegalStateException("down"));
        succeed(breaker);
        fail(breaker, new IllegalStateException("down"));

        assertThat(counter("would.open")).isEqualTo(2);
    }

    @Test
    void countsTheAnswersOfFallbacks() {
        breakers.get("payments");
        breakers.countFallback("payments");

        assertThat(counter("fallbacks")).isEqualTo(1);
    }

    @Test
    void givesEachMeterOneSetOfTagKeys() {
        CircuitBreaker breaker = register("slowRate(0.9, 1s)");
        breaker.forceOpen();
        breakers.get("stock");

        assertThat(meters.getMeters())
                .map(Meter::getId)
                .allSatisfy(id -> assertThat(id.getDescription()).isNotBlank())
                .allSatisfy(id -> assertThat(id.getTag("name")).isNotBlank())
                .extracting(id -> id.getName()
                        + id.getTags().stream().map(tag -> tag.getKey()).toList())
                .containsOnly(
                        "circuit.breaker.state[name, state]",
                        "circuit.breaker.failure.rate[name]",
                        "circuit.breaker.slow.rate[name, threshold]",
                        "circuit.breaker.requests[name, outcome]",
                        "circuit.breaker.rejected.requests[name]",
                        "circuit.breaker.state.changes[from, name, to]",
                        "circuit.breaker.response.time[name, outcome]",
                        "circuit.breaker.state.time[name, state]",
                        "circuit.breaker.would.open[name]",
                        "circuit.breaker.retries[name]",
                        "circuit.breaker.timeouts[name]",
                        "circuit.breaker.fallbacks[name]",
                        "circuit.breaker.bulkhead.rejections[name]");
    }

    @Test
    void addsNothingAfterItWasClosed() {
        CircuitBreaker breaker = register("failureStreak(1)");
        int before = meters.getMeters().size();

        metrics.close();
        breaker.forceOpen();
        breakers.get("stock");

        assertThat(meters.getMeters()).hasSize(before);
    }

    private CircuitBreaker register(String tripper) {
        return registry.register(
                "payments",
                CircuitBreakerConfig.builder()
                        .tripper(tripper)
                        .tracker(Tracker.typeOf(IllegalArgumentException.class).negate())
                        .successThreshold(1)
                        .build());
    }

    private void succeed(CircuitBreaker breaker) {
        breaker.run(() -> time.advance(Duration.ofSeconds(1)));
    }

    private void fail(CircuitBreaker breaker, RuntimeException thrown) {
        assertThatThrownBy(() -> breaker.run(() -> {
                    time.advance(Duration.ofSeconds(1));
                    throw thrown;
                }))
                .isSameAs(thrown);
    }

    private double gauge(String name, String... tags) {
        return meters.get("circuit.breaker." + name).tags(tags).gauge().value();
    }

    private double counter(String name, String... tags) {
        return meters.get("circuit.breaker." + name)
                .tags(tags)
                .functionCounter()
                .count();
    }

    private FunctionTimer timer(String name, String... tags) {
        return meters.get("circuit.breaker." + name).tags(tags).functionTimer();
    }

    @ImportAutoConfiguration(BreakerAutoConfiguration.class)
    static class Application {

        @Bean
        ManualTime time() {
            return new ManualTime();
        }
    }
}
