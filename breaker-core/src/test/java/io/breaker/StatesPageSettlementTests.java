package io.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.OngoingCall;
import io.breaker.circuitbreaker.Untracked;
import io.breaker.event.Listeners;
import io.breaker.pipeline.Pipeline;
import io.breaker.reactor.ReactorPolicies;
import io.breaker.testing.LogCapture;
import io.breaker.testing.ManualTime;
import io.breaker.testing.MarkdownPage;
import io.breaker.timeout.CallTimeoutException;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Executes what {@code docs/states.md} says of how calls are settled, and of rules that throw. */
class StatesPageSettlementTests {

    private static final MarkdownPage PAGE = MarkdownPage.of("states.md");

    private static final List<List<String>> SETTLEMENTS = PAGE.rows("what happens", "counts as");

    private static final List<List<String>> DEFECTS = PAGE.rows("what throws", "instead");

    /** What a call does, once or several times; each time is to be counted as the row says. */
    private static final Map<String, Case> CASES = Map.ofEntries(
            Map.entry("the call returns", new Case(3, StatesPageSettlementTests::returnThrice)),
            Map.entry(
                    "the stage of `callAsync` completes",
                    new Case(1, breaker -> breaker.callAsync(() -> CompletableFuture.completedStage("value")))),
            Map.entry(
                    "the value is one that `resultTracker` matches; `null` is asked about, too",
                    new Case(
                            2,
                            settings -> settings.resultTracker(value -> value == null || value.equals("bad")),
                            StatesPageSettlementTests::returnBadValues)),
            Map.entry(
                    "the call throws, or its stage fails with, what the tracker matches; it is asked about an `Error`"
                            + " and an `InterruptedException`, too",
                    new Case(
                            6,
                            breaker -> throwAll(
                                    breaker, new IOException(), new StackOverflowError(), new InterruptedException()))),
            Map.entry(
                    "the call throws, or its stage fails with, anything else",
                    new Case(2, breaker -> throwAll(breaker, new IllegalStateException()))),
            Map.entry(
                    "likewise, with `untracked(SUCCESS)`",
                    new Case(
                            2,
                            settings -> settings.untracked(Untracked.SUCCESS),
                            breaker -> throwAll(breaker, new IllegalStateException()))),
            Map.entry(
                    "another policy rejects the call inside: a `CallRejectedException` comes out",
                    new Case(1, StatesPageSettlementTests::callThroughAnOpenBreaker)),
            Map.entry(
                    "the tracker throws",
                    new Case(
                            2,
                            settings -> settings.tracker(thrown -> {
                                throw new IllegalArgumentException("defect");
                            }),
                            breaker -> throwAll(breaker, new IllegalStateException()))),
            Map.entry(
                    "the result tracker throws",
                    new Case(
                            1,
                            settings -> settings.resultTracker(value -> {
                                throw new IllegalArgumentException("defect");
                            }),
                            breaker -> assertThat(breaker.get(() -> "value")).isEqualTo("value"))),
            Map.entry(
                    "the stage is cancelled, or the one that the caller got",
                    new Case(2, StatesPageSettlementTests::cancel)),
            Map.entry(
                    "the supplier of `callAsync` returns no stage",
                    new Case(
                            1,
                            breaker -> assertThat(breaker.callAsync(() -> null).toCompletableFuture())
                                    .isCompletedExceptionally())),
            Map.entry("a `Mono` or `Flux` completes", new Case(2, breaker -> {
                ReactorPolicies.mono(breaker, () -> Mono.just("value")).block();
                ReactorPolicies.flux(breaker, () -> Flux.just("one", "two")).blockLast();
            })),
            Map.entry("a `Mono` or `Flux` is cancelled before its first element", new Case(2, breaker -> {
                ReactorPolicies.mono(breaker, Mono::never).subscribe().dispose();
                ReactorPolicies.flux(breaker, Flux::never).subscribe().dispose();
            })),
            Map.entry("a `Flux` is cancelled after an element, as `next()` and `take(n)` do", new Case(2, breaker -> {
                Flux<String> endless =
                        ReactorPolicies.flux(breaker, () -> Flux.just("one").concatWith(Flux.never()));
                endless.next().block();
                endless.take(1).blockLast();
            })),
            Map.entry(
                    "a `CallTimeoutException`, whatever the tracker says",
                    new Case(
                            1,
                            settings -> settings.tracker("typeOf(java.io.IOException)"),
                            StatesPageSettlementTests::exceedTheTimeout)),
            Map.entry(
                    "`OngoingCall.ignore()` is the first to end a call in two steps",
                    new Case(1, StatesPageSettlementTests::ignoreFirst)));

    private static final Map<String, Consumer<ManualTime>> DEFECT_CASES = Map.of(
            "the tripper: it does not hold", StatesPageSettlementTests::tripperThrows,
            "the permit: the call is rejected", StatesPageSettlementTests::permitThrows,
            "the cooldown, or it is negative: the cooldown is `fixed(60s)`", StatesPageSettlementTests::cooldownThrows,
            "a listener: the other listeners are told", StatesPageSettlementTests::listenerThrows);

    private static void exceedTheTimeout(CircuitBreaker breaker) {
        ManualTime time = new ManualTime();
        Pipeline pipeline = Pipeline.builder("payments")
                .circuitBreaker(breaker)
                .timeout(Timeout.of("payments", TimeoutConfig.of(Duration.ofSeconds(1)), time, time))
                .build();
        assertThat(catchThrowable(() -> pipeline.run(() -> time.advance(Duration.ofSeconds(1)))))
                .isInstanceOf(CallTimeoutException.class);
    }

    /** A breaker's settings, and the calls that are made through it. */
    record Case(int calls, UnaryOperator<CircuitBreakerConfig.Builder> settings, Consumer<CircuitBreaker> calling) {

        Case(int calls, Consumer<CircuitBreaker> calling) {
            this(calls, settings -> settings, calling);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRowOfTheSettlementsIsTrue() {
        return SETTLEMENTS.stream()
                .map(row -> dynamicTest(row.get(0), () -> {
                    assertThat(CASES).as("cases for the rows").containsKey(row.get(0));
                    Case called = CASES.get(row.get(0));
                    CircuitBreaker breaker = breaker(
                            new ManualTime(),
                            settings -> called.settings()
                                    .apply(settings.tracker("!typeOf(java.lang.IllegalStateException)")));

                    try (LogCapture log = LogCapture.of(CircuitBreaker.class)) {
                        called.calling().accept(breaker);
                        assertThat(log.messages()).hasSizeLessThanOrEqualTo(1);
                    }

                    assertCounted(breaker, row.get(1), called.calls());
                }));
    }

    private static void assertCounted(CircuitBreaker breaker, String as, long calls) {
        var totals = breaker.snapshot().totals();
        assertThat(as).isIn("success", "failure", "ignored");
        assertThat(totals.succeeded()).isEqualTo(as.equals("success") ? calls : 0);
        assertThat(totals.failed()).isEqualTo(as.equals("failure") ? calls : 0);
        assertThat(totals.ignored()).isEqualTo(as.equals("ignored") ? calls : 0);
        assertThat(breaker.snapshot().stats().total()).isEqualTo(as.equals("ignored") ? 0 : calls);
    }

    @TestFactory
    Stream<DynamicTest> everyRowOfTheDefectsIsTrue() {
        return DEFECTS.stream()
                .map(row -> dynamicTest(nameOf(row), () -> {
                    assertThat(DEFECT_CASES).as("cases for the rows").containsKey(nameOf(row));
                    try (LogCapture log = LogCapture.of(CircuitBreaker.class)) {
                        DEFECT_CASES.get(nameOf(row)).accept(new ManualTime());
                        assertThat(log.messages()).hasSizeLessThanOrEqualTo(1);
                    }
                }));
    }

    private static String nameOf(List<String> row) {
        return row.get(0) + ": " + row.get(1);
    }

    @Test
    void everyCaseHasItsRow() {
        assertThat(SETTLEMENTS.stream().map(row -> row.get(0))).containsExactlyInAnyOrderElementsOf(CASES.keySet());
        assertThat(DEFECTS.stream().map(StatesPageSettlementTests::nameOf))
                .containsExactlyInAnyOrderElementsOf(DEFECT_CASES.keySet());
    }

    private static CircuitBreaker breaker(ManualTime time, UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        CircuitBreakerConfig config =
                settings.apply(CircuitBreakerConfig.builder()).build();
        return CircuitBreaker.of("payments", config, time);
    }

    private static void returnThrice(CircuitBreaker breaker) {
        assertThat(breaker.get(() -> "value")).isEqualTo("value");
        breaker.run(() -> {});
        assertThatCode(() -> breaker.call(() -> "value")).doesNotThrowAnyException();
    }

    private static void returnBadValues(CircuitBreaker breaker) {
        assertThat(breaker.get(() -> "bad")).isEqualTo("bad");
        assertThat(breaker.<Object>callAsync(() -> CompletableFuture.completedStage(null)))
                .isCompletedWithValue(null);
    }

    /** Throws each from a call, and from a stage; the caller is to see that very one. */
    private static void throwAll(CircuitBreaker breaker, Throwable... outcomes) {
        for (Throwable outcome : outcomes) {
            assertThat(catchThrowable(() -> breaker.call(() -> {
                        if (outcome instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) outcome;
                    })))
                    .isSameAs(outcome);
            var stage = breaker.callAsync(() -> CompletableFuture.failedStage(outcome));
            assertThat(catchThrowable(() -> stage.toCompletableFuture().get())).hasCause(outcome);
        }
    }

    private static void callThroughAnOpenBreaker(CircuitBreaker breaker) {
        CircuitBreaker inner = breaker(new ManualTime(), settings -> settings.initialState(CircuitState.FORCED_OPEN));

        assertThat(catchThrowable(() -> breaker.get(() -> inner.get(() -> "value"))))
                .isInstanceOf(CallNotPermittedException.class);
    }

    private static void cancel(CircuitBreaker breaker) {
        CompletableFuture<String> source = new CompletableFuture<>();
        breaker.callAsync(() -> source);
        source.cancel(true);

        CompletableFuture<String> other = new CompletableFuture<>();
        breaker.callAsync(() -> other).toCompletableFuture().cancel(true);
        assertThat(other).isCancelled();
    }

    private static void ignoreFirst(CircuitBreaker breaker) {
        OngoingCall call = breaker.begin();
        call.ignore();
        call.succeed();
        call.fail(new IOException());
    }

    private static void tripperThrows(ManualTime time) {
        CircuitBreaker breaker = breaker(
                time,
                settings -> settings.tripper(context -> {
                    throw new IllegalStateException("defect");
                }));
        fail(breaker);
        fail(breaker);

        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    private static void permitThrows(ManualTime time) {
        CircuitBreaker breaker = breaker(
                time,
                settings -> settings.tripper("failureStreak(1)").permit(context -> {
                    throw new IllegalStateException("defect");
                }));
        fail(breaker);
        time.advance(Duration.ofSeconds(60));

        assertThat(catchThrowable(breaker::begin)).isInstanceOf(CallNotPermittedException.class);
        assertThat(catchThrowable(breaker::begin)).isInstanceOf(CallNotPermittedException.class);
    }

    private static void cooldownThrows(ManualTime time) {
        CircuitBreaker breaker = breaker(
                time,
                settings -> settings.tripper("failureStreak(1)").cooldown(context -> {
                    if (context.reopens() == 0) {
                        throw new IllegalStateException("defect");
                    }
                    return Duration.ofSeconds(-1);
                }));
        fail(breaker);
        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(60));
        time.advance(Duration.ofSeconds(60));
        fail(breaker);
        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(60));
    }

    private static void listenerThrows(ManualTime time) {
        CircuitBreaker breaker = breaker(time, settings -> settings);
        List<Object> told = new ArrayList<>();
        breaker.onEvent(event -> {
            throw new IllegalStateException("defect");
        });
        breaker.onEvent(told::add);

        try (LogCapture log = LogCapture.of(Listeners.class)) {
            breaker.run(() -> {});
            assertThat(log.messages()).hasSize(1);
        }

        assertThat(told).hasSize(1);
        assertThat(breaker.snapshot().totals().succeeded()).isEqualTo(1);
    }

    private static void fail(CircuitBreaker breaker) {
        breaker.begin().fail(new IOException());
    }
}
