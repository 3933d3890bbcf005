package io.breaker.circuitbreaker;

import static io.breaker.circuitbreaker.CircuitState.HALF_OPEN;
import static io.breaker.circuitbreaker.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerEvent.Failed;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Ignored;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Reconfigured;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Rejected;
import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Succeeded;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * New settings while eight threads call: what an operator does when a service is in trouble, so nothing may be lost then,
 * neither a call nor a count nor the state.
 */
@Timeout(120)
class ReconfigureLoadTests {

    private static final int CALLERS = 8;
    private static final int RECONFIGURATIONS = 1_000;
    private static final int LEAST_CALLS = 2_000;

    private static final List<String> WINDOWS =
            List.of("count(1)", "count(7)", "count(1000)", "time(10ms)", "time(60s)");

    /** None of them holds in this load, though each looks at something else. */
    private static final List<String> UNTIMED = List.of(
            "failureCount(1000000000)",
            "failureRate(1.0) & failureCount(1000000000)",
            "failureStreak(1000000000) | (closed & failureCount(900000000))");

    private static final List<String> TIMED = List.of("avgLatency(1h)", "slowRate(1%, 1h) | slowRate(0.5, 2h)");

    private static final List<String> PERMITS =
            List.of("all", "concurrent(3)", "random(0.5)", "rampUp(50%, 100%, 10ms) & concurrent(5)");

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "payments",
            CircuitBreakerConfig.builder()
                    .tripper("failureStreak(1)")
                    .cooldown("fixed(1h)")
                    .build(),
            time);
    private final Map<Class<?>, LongAdder> heard = new ConcurrentHashMap<>();
    private final List<CircuitBreakerConfig> told = new ArrayList<>();

    /** What the callers themselves saw. */
    private final LongAdder succeeded = new LongAdder();

    private final LongAdder failed = new LongAdder();
    private final LongAdder ignored = new LongAdder();
    private final LongAdder rejected = new LongAdder();

    @ParameterizedTest
    @EnumSource(CircuitState.class)
    void losesNoCallNoCountAndNoState(CircuitState state) {
        bring(state);
        CircuitSnapshot before = breaker.snapshot();
        CircuitHistory history = breaker.history();
        breaker.onEvent(this::hear);

        List<CircuitBreakerConfig> given = callWhileReconfiguring();

        assertThat(told).isEqualTo(given);
        assertKept(before, history);
        assertCounted(before.totals());
        boolean rejects = state == OPEN || state == CircuitState.FORCED_OPEN;
        assertThat(succeeded.sum() == 0).isEqualTo(rejects);
        if (!rejects && state != HALF_OPEN) {
            assertThat(rejected.sum()).isZero();
        }
    }

    private void bring(CircuitState state) {
        if (state == OPEN || state == HALF_OPEN) {
            breaker.begin().fail(new Exception());
        } else {
            breaker.override(StateOverride.to(state));
        }
        if (state == HALF_OPEN) {
            time.advance(Duration.ofHours(1));
            breaker.reconfigure(varied(0));
            breaker.begin().ignore();
        }
        breaker.reconfigure(varied(0));
        assertThat(breaker.state()).isEqualTo(state);
    }

    private List<CircuitBreakerConfig> callWhileReconfiguring() {
        List<CircuitBreakerConfig> given = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        Threads.run(CALLERS + 1, thread -> {
            if (thread == 0) {
                for (int i = 1; i <= RECONFIGURATIONS; i++) {
                    given.add(varied(i));
                    breaker.reconfigure(given.get(i - 1));
                    time.advance(Duration.ofMillis(1));
                }
                over.set(true);
            } else {
                for (int i = 0; i < LEAST_CALLS || !over.get(); i++) {
                    call(i + thread);
                }
            }
        });
        return given;
    }

    private CircuitBreakerConfig varied(int i) {
        boolean timed = i % 2 == 0;
        List<String> trippers = timed ? TIMED : UNTIMED;
        return breaker.config().toBuilder()
                .window(WINDOWS.get(i % WINDOWS.size()))
                .tripper(trippers.get(i % trippers.size()))
                .tracker("!typeOf(java.lang.IllegalStateException)")
                .permit(PERMITS.get(i % PERMITS.size()))
                .cooldown("fixed(2h)")
                .measureLatency(timed || i % 3 == 0)
                .successThreshold(Integer.MAX_VALUE)
                .build();
    }

    /** Makes a call in one of the ways there are; counts what came of it, and lets nothing else pass. */
    private void call(int kind) throws Exception {
        try {
            switch (kind % 6) {
                case 0 -> breaker.run(() -> {});
                case 1 -> breaker.call(() -> "value");
                case 2 -> assertThat(breaker.begin()).satisfies(OngoingCall::succeed);
                case 3 ->
                    breaker.call(() -> {
                        throw new IOException("tracked");
                    });
                case 4 ->
                    breaker.get(() -> {
                        throw new IllegalStateException("ignored");
                    });
                default ->
                    await(breaker.callAsync(() -> CompletableFuture.completedStage("value"))
                            .toCompletableFuture());
            }
            succeeded.increment();
        } catch (IOException tracked) {
            failed.increment();
        } catch (IllegalStateException untracked) {
            ignored.increment();
        } catch (CallNotPermittedException rejection) {
            rejected.increment();
        }
    }

    private static void await(CompletableFuture<String> future) {
        // The stage is completed when it is returned; a rejection is its failure.
        if (future.isCompletedExceptionally()) {
            throw (CallNotPermittedException)
                    future.handle((value, thrown) -> thrown).join();
        }
        assertThat(future).isCompletedWithValue("value");
    }

    private void hear(CircuitBreakerEvent event) {
        heard.computeIfAbsent(event.getClass(), type -> new LongAdder()).increment();
        if (event instanceof Reconfigured reconfigured) {
            told.add(reconfigured.config());
        }
    }

    private void assertKept(CircuitSnapshot before, CircuitHistory history) {
        CircuitSnapshot after = breaker.snapshot();
        Duration passed = Duration.ofMillis(RECONFIGURATIONS);
        assertThat(after.state()).isEqualTo(before.state());
        assertThat(after.since()).isEqualTo(before.since());
        assertThat(after.reopens()).isEqualTo(before.reopens());
        assertThat(after.retryAfter()).isEqualTo(before.retryAfter().map(left -> left.minus(passed)));
        assertThat(breaker.history().transitions()).isEqualTo(history.transitions());
        assertThat(heard).doesNotContainKey(StateChanged.class);
    }

    private void assertCounted(CallTotals before) {
        CallTotals after = breaker.snapshot().totals();
        assertThat(after.succeeded() - before.succeeded())
                .isEqualTo(succeeded.sum())
                .isEqualTo(told(Succeeded.class));
        assertThat(after.failed() - before.failed()).isEqualTo(failed.sum()).isEqualTo(told(Failed.class));
        assertThat(after.ignored() - before.ignored()).isEqualTo(ignored.sum()).isEqualTo(told(Ignored.class));
        assertThat(after.rejected() - before.rejected())
                .isEqualTo(rejected.sum())
                .isEqualTo(told(Rejected.class));
    }

    private long told(Class<? extends CircuitBreakerEvent> type) {
        LongAdder count = heard.get(type);
        return count == null ? 0 : count.sum();
    }

    @ParameterizedTest
    @EnumSource(
            value = CircuitState.class,
            names = {"CLOSED", "METRICS_ONLY"})
    void theWindowIsExactAfterwards(CircuitState state) {
        bring(state);
        callWhileReconfiguring();
        breaker.reconfigure(breaker.config().toBuilder().window("count(10)").build());

        for (int i = 0; i < 25; i++) {
            breaker.begin().succeed();
        }
        breaker.begin().fail(new Exception());

        assertThat(breaker.state()).isEqualTo(state);
        assertThat(breaker.snapshot().stats().total()).isEqualTo(10);
        assertThat(breaker.snapshot().stats().failures()).isEqualTo(1);
        assertThat(breaker.snapshot().failureStreak()).isEqualTo(1);
    }
}
