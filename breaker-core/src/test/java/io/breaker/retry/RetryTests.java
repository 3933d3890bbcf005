package io.breaker.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.breaker.event.Listeners;
import io.breaker.policy.CallRejectedException;
import io.breaker.retry.RetryEvent.GaveUp;
import io.breaker.retry.RetryEvent.Reason;
import io.breaker.retry.RetryEvent.Retried;
import io.breaker.retry.RetryEvent.SucceededAfterRetry;
import io.breaker.testing.LogCapture;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Threads;
import io.breaker.testing.Timers;
import io.breaker.time.Backoff;
import io.breaker.time.Scheduler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Calls on the caller's thread. */
@org.junit.jupiter.api.Timeout(30)
class RetryTests {

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);
    private final List<RetryEvent> events = new ArrayList<>();

    @Test
    void aCallThatSucceedsAtOnceIsMadeOnceAndIsNoEvent() throws Exception {
        Retry retry = retry(settings -> settings);

        assertThat(retry.call(() -> "value")).isEqualTo("value");
        assertThat(retry.get(() -> "value")).isEqualTo("value");
        retry.run(() -> {});

        assertThat(retry.totals()).isEqualTo(new RetryTotals(3, 0, 0, 0, 0));
        assertThat(events).isEmpty();
        assertThat(timers.delays()).isEmpty();
    }

    @Test
    void aFailedCallIsMadeAgainAfterAWaitThatGrows() throws Exception {
        Retry retry = retry(settings -> settings.maxAttempts(5));
        IOException first = new IOException("first");
        IOException second = new IOException("second");

        assertThat(retry.call(failing(first, second))).isEqualTo("value");

        assertThat(timers.delays()).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(retry.totals()).isEqualTo(new RetryTotals(1, 2, 1, 0, 0));
        assertThat(events)
                .containsExactly(
                        new Retried("mail", time.instant().minusMillis(200), 2, Duration.ofMillis(100), first),
                        new Retried("mail", time.instant(), 3, Duration.ofMillis(200), second),
                        new SucceededAfterRetry("mail", time.instant(), 3));
    }

    @Test
    void getAndRunAreMadeAgainToo() {
        Retry retry = retry(settings -> settings);
        Iterator<Boolean> outcomes = List.of(false, true, false, true).iterator();

        String value = retry.get(() -> {
            if (!outcomes.next()) {
                throw new IllegalStateException();
            }
            return "value";
        });
        retry.run(() -> {
            if (!outcomes.next()) {
                throw new IllegalStateException();
            }
        });

        assertThat(value).isEqualTo("value");
        assertThat(retry.totals()).isEqualTo(new RetryTotals(2, 2, 2, 0, 0));
    }

    @Test
    void theCallerGetsTheLastFailureItselfWhichCarriesTheEarlierOnes() {
        Retry retry = retry(settings -> settings);
        IOException first = new IOException("first");
        IOException second = new IOException("second");
        IOException third = new IOException("third");

        assertThatThrownBy(() -> retry.call(failing(first, second, third))).isSameAs(third);

        assertThat(third.getSuppressed()).containsExactly(first, second);
        assertThat(retry.totals()).isEqualTo(new RetryTotals(1, 2, 0, 1, 1));
        assertThat(events).last().isEqualTo(new GaveUp("mail", time.instant(), 3, Reason.ATTEMPTS_USED_UP, third));
    }

    @Test
    void aFailureThatOthersMaySeeIsNotTouched() {
        IOException thrownTwice = new IOException("shared");
        IOException withoutTrace = new IOException("made in advance");
        withoutTrace.setStackTrace(new StackTraceElement[0]);
        IOException carrying = new IOException("carries something");
        carrying.addSuppressed(new IllegalStateException());

        Retry twice = retry(settings -> settings.maxAttempts(2));
        assertThatThrownBy(() -> twice.call(failing(thrownTwice, thrownTwice))).isSameAs(thrownTwice);
        assertThatThrownBy(() -> twice.call(failing(new IOException(), withoutTrace)))
                .isSameAs(withoutTrace);
        assertThatThrownBy(() -> twice.call(failing(new IOException(), carrying)))
                .isSameAs(carrying);

        assertThat(thrownTwice.getSuppressed()).isEmpty();
        assertThat(withoutTrace.getSuppressed()).isEmpty();
        assertThat(carrying.getSuppressed()).hasSize(1);
    }

    @Test
    void ofManyFailuresTheFirstAreKept() {
        Throwable[] failures =
                Stream.generate(() -> new IOException("down")).limit(20).toArray(Throwable[]::new);
        Retry retry = retry(settings -> settings.maxAttempts(20));

        Throwable last = catchThrowable(() -> retry.call(failing(failures)));

        assertThat(last.getSuppressed()).containsExactly(Arrays.copyOf(failures, 8));
    }

    static Stream<Throwable> neverRetried() {
        return Stream.of(
                new Full(),
                new StackOverflowError(),
                new AssertionError(),
                new InterruptedException(),
                new CancellationException(),
                new CompletionException(new Full()),
                new ExecutionException(new StackOverflowError()));
    }

    @ParameterizedTest
    @MethodSource("neverRetried")
    void rejectionsErrorsInterruptionsAndCancellationsAreNeverRetried(Throwable failure) {
        Retry retry = retry(settings -> settings.on("all"));

        assertThatThrownBy(() -> retry.call(failing(failure))).isSameAs(failure);

        assertThat(retry.totals()).isEqualTo(new RetryTotals(1, 0, 0, 1, 0));
        assertThat(events).containsExactly(new GaveUp("mail", time.instant(), 1, Reason.NOT_RETRYABLE, failure));
    }

    @Test
    void onlyWhatTheTrackerTracksIsRetried() {
        Retry retry = retry(settings -> settings.on("typeOf(java.io.IOException)"));
        IOException tracked = new IOException();
        IllegalStateException other = new IllegalStateException();

        assertThatThrownBy(() -> retry.call(failing(tracked, other))).isSameAs(other);

        assertThat(other.getSuppressed()).containsExactly(tracked);
        assertThat(retry.totals()).isEqualTo(new RetryTotals(1, 1, 0, 1, 0));
    }

    @Test
    void aTrackerThatThrowsRetriesNothingAndIsLoggedOnce() {
        Retry retry = retry(settings -> settings.on(thrown -> {
            throw new IllegalArgumentException("defect");
        }));
        IOException failure = new IOException();

        try (LogCapture log = LogCapture.of(Retry.class)) {
            assertThatThrownBy(() -> retry.call(failing(failure))).isSameAs(failure);
            assertThatThrownBy(() -> retry.call(failing(failure))).isSameAs(failure);

            assertThat(log.messages())
                    .containsExactly("retry 'mail': the tracker threw; the call is not retried (logged once)");
        }
    }

    @Test
    void anotherTrackerStandsInOnlyWhereTheSettingsNameNone() {
        Retry unset = retry(settings -> settings);
        Retry set = retry(settings -> settings.on("all"));

        assertThatThrownBy(() -> unset.withDefaultTracker(thrown -> false).call(failing(new IOException())))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> set.withDefaultTracker(thrown -> false).call(failing(new IOException(), new Full())))
                .isInstanceOf(Full.class);

        assertThat(unset.totals()).isEqualTo(new RetryTotals(1, 0, 0, 1, 0));
        assertThat(set.totals()).isEqualTo(new RetryTotals(1, 1, 0, 1, 0));
    }

    @Test
    void oneAttemptIsNoRetry() {
        Retry retry = retry(settings -> settings.maxAttempts(1));

        assertThatThrownBy(() -> retry.call(failing(new IOException()))).isInstanceOf(IOException.class);

        assertThat(retry.totals()).isEqualTo(new RetryTotals(1, 0, 0, 1, 1));
        assertThat(timers.delays()).isEmpty();
    }

    @Test
    void noAttemptBeginsAfterTheBudget() {
        Retry retry = retry(settings -> settings.maxAttempts(100).budget(Duration.ofSeconds(1)));

        assertThatThrownBy(() -> retry.call(() -> {
                    time.advance(Duration.ofMillis(200));
                    throw new IOException();
                }))
                .isInstanceOf(IOException.class);

        // 200 + 100 + 200 + 200 + 200 = 900 ms: the next wait of 400 ms would end at 1300.
        assertThat(timers.delays()).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
        assertThat(events).last().isInstanceOfSatisfying(GaveUp.class, event -> {
            assertThat(event.reason()).isEqualTo(Reason.BUDGET_USED_UP);
            assertThat(event.attempts()).isEqualTo(3);
        });
        assertThat(retry.totals().exhausted()).isEqualTo(1);
    }

    @Test
    void anAttemptAtTheEndOfTheBudgetIsStillMade() throws Exception {
        Retry retry = retry(settings -> settings.budget(Duration.ofMillis(100)));

        assertThat(retry.call(failing(new IOException()))).isEqualTo("value");
    }

    @Test
    void aWaitThatTookLongerThanTheBudgetIsNotFollowedByAnAttempt() {
        Retry retry = Retry.of(
                "mail",
                config(settings -> settings.budget(Duration.ofMillis(100))),
                time,
                new SlowScheduler(Duration.ofMillis(1)));

        assertThatThrownBy(() -> retry.call(failing(new IOException()))).isInstanceOf(IOException.class);

        assertThat(retry.totals()).isEqualTo(new RetryTotals(1, 0, 0, 1, 1));
    }

    @Test
    void aFailureMayAskForALongerWaitWithinALimit() throws Exception {
        Retry retry = retry(settings -> settings.maxAttempts(5).maxRetryAfter(Duration.ofMinutes(1)));

        retry.call(failing(
                new Busy(Duration.ofSeconds(7)),
                new Busy(Duration.ofMillis(1)),
                new Busy(Duration.ofHours(1)),
                new Busy(Duration.ofSeconds(-7))));

        assertThat(timers.delays())
                .containsExactly(
                        Duration.ofSeconds(7), Duration.ofMillis(200), Duration.ofMinutes(1), Duration.ofMillis(800));
    }

    @Test
    void theLimitOfWhatAFailureMayAskForDoesNotShortenTheBackoff() throws Exception {
        Retry retry = retry(settings -> settings.maxRetryAfter(Duration.ZERO));

        retry.call(failing(new Busy(Duration.ofSeconds(7))));

        assertThat(timers.delays()).containsExactly(Duration.ofMillis(100));
    }

    @Test
    void whatAFailureAsksForCountsAgainstTheBudget() {
        Retry retry = retry(settings -> settings.budget(Duration.ofSeconds(6)));

        assertThatThrownBy(() -> retry.call(failing(new Busy(Duration.ofSeconds(7)))))
                .isInstanceOf(Busy.class);

        assertThat(timers.delays()).isEmpty();
    }

    @Test
    void aFunctionOfTheUserMayReadWhatAFailureAsksFor() throws Exception {
        Retry reading = retry(settings -> settings.retryAfter(failure -> Optional.of(Duration.ofSeconds(9))));
        Retry broken = retry(settings -> settings.retryAfter(failure -> {
            throw new IllegalArgumentException("defect");
        }));

        reading.call(failing(new IOException()));
        try (LogCapture log = LogCapture.of(Retry.class)) {
            broken.call(failing(new IOException(), new IOException()));

            assertThat(log.messages())
                    .containsExactly(
                            "retry 'mail': the retryAfter function threw; only the backoff counts (logged once)");
        }

        assertThat(timers.delays())
                .containsExactly(Duration.ofSeconds(9), Duration.ofMillis(100), Duration.ofMillis(200));
    }

    @Test
    void jitterSpreadsTheWait() throws Exception {
        Retry retry = retry(settings -> settings.maxAttempts(1_000)
                .backoff(new Backoff(Duration.ofMillis(100), 1, Duration.ofSeconds(3), 0.2)));

        retry.call(failing(Stream.generate(IOException::new).limit(900).toArray(Throwable[]::new)));

        assertThat(timers.delays())
                .allMatch(delay -> delay.toMillis() >= 80 && delay.toMillis() <= 120)
                .hasSizeGreaterThan(100);
        assertThat(timers.delays().stream().distinct().count()).isGreaterThan(100);
    }

    @Test
    void anInterruptedThreadDoesNotWaitAndKeepsItsFlag() {
        Retry retry = retry(settings -> settings);
        IOException failure = new IOException();

        Throwable thrown = catchThrowable(() -> retry.call(() -> {
            Thread.currentThread().interrupt();
            throw failure;
        }));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isSameAs(failure);
        assertThat(events).containsExactly(new GaveUp("mail", time.instant(), 1, Reason.INTERRUPTED, failure));
        assertThat(retry.totals()).isEqualTo(new RetryTotals(1, 0, 0, 1, 1));
    }

    @Test
    void anInterruptionEndsTheWaitAndGivesTheTimerBack() throws Exception {
        Retry retry = Retry.of("mail", config(settings -> settings), time, timers);
        IOException failure = new IOException();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            outcome.complete(catchThrowable(() -> retry.call(failing(failure))));
            flag.complete(Thread.currentThread().isInterrupted());
        });
        caller.start();
        timers.awaitPending(1);

        caller.interrupt();

        assertThat(outcome.get()).isSameAs(failure);
        assertThat(flag.get()).isTrue();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void aThreadThatWaitsIsWokenWhenItsTimeHasCome() throws Exception {
        Retry retry = Retry.of("mail", config(settings -> settings), time, timers);
        CompletableFuture<String> outcome =
                CompletableFuture.supplyAsync(() -> retry.get(unchecked(failing(new IllegalStateException()))));
        timers.awaitPending(1);
        assertThat(outcome).isNotDone();

        time.advance(Duration.ofMillis(100));

        assertThat(outcome.get()).isEqualTo("value");
    }

    @Test
    void aCallThatSucceedsAtOnceMakesNoObject() {
        Retry retry = Retry.of("mail", RetryConfig.ofDefaults());
        Runnable call = () -> {};
        runOften(retry, call);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        runOften(retry, call);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(5_000);
    }

    private static void runOften(Retry retry, Runnable call) {
        for (int i = 0; i < 5_000; i++) {
            retry.run(call);
        }
    }

    /** On the clock of the machine: only an interruption makes a call fail, so whoever sees a failure sees the flag too. */
    @Test
    void threadsThatInterruptEachOtherNeitherLoseAFlagNorACall() {
        Retry retry = Retry.of(
                "mail",
                settings -> settings.maxAttempts(3)
                        .backoff(new Backoff(Duration.ofNanos(100_000), 1, Duration.ofSeconds(1), 0.5)));
        Map<Integer, Thread> callers = new ConcurrentHashMap<>();
        LongAdder failed = new LongAdder();

        Threads.run(8, thread -> {
            callers.put(thread, Thread.currentThread());
            for (int i = 0; i < 300; i++) {
                if (i % 4 == 0) {
                    callers.getOrDefault((thread + i) % 8, Thread.currentThread())
                            .interrupt();
                }
                Thread.interrupted();
                IOException first = new IOException();
                IOException second = new IOException();
                Throwable thrown = catchThrowable(() -> retry.call(failing(first, second)));
                if (thrown != null) {
                    assertThat(thrown).isIn(first, second);
                    assertThat(Thread.interrupted()).isTrue();
                    failed.increment();
                }
            }
            callers.remove(thread);
            Thread.interrupted();
        });

        RetryTotals totals = retry.totals();
        assertThat(totals.calls()).isEqualTo(2_400);
        assertThat(totals.failed()).isEqualTo(failed.sum()).isEqualTo(totals.exhausted());
        assertThat(totals.succeededAfterRetry()).isEqualTo(2_400 - failed.sum());
    }

    @Test
    void aSchedulerThatIsClosedEndsTheCallWithItsFailure() {
        Retry retry = Retry.of("mail", config(settings -> settings), time, (task, delay) -> {
            throw new RejectedExecutionException("closed");
        });
        IOException failure = new IOException();

        try (LogCapture log = LogCapture.of(Retry.class)) {
            assertThatThrownBy(() -> retry.call(failing(failure))).isSameAs(failure);

            assertThat(log.messages()).containsExactly("retry 'mail' could not wait; the call fails");
        }
        assertThat(retry.totals()).isEqualTo(new RetryTotals(1, 0, 0, 1, 1));
    }

    @Test
    void aCheckedExceptionThatWasNotDeclaredIsRetriedAndThrownAsItIs() {
        Retry retry = retry(settings -> settings);
        IOException failure = new IOException();

        assertThatThrownBy(() -> retry.get(unchecked(failing(failure, failure, failure))))
                .isSameAs(failure);

        assertThat(retry.totals().retries()).isEqualTo(2);
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() throws Exception {
        Retry retry = retry(settings -> settings);
        retry.onEvent(Retried.class, event -> {
            throw new StackOverflowError();
        });

        try (LogCapture log = LogCapture.of(Listeners.class)) {
            assertThat(retry.call(failing(new IOException()))).isEqualTo("value");
            assertThat(log.messages()).containsExactly("a listener threw on Retried");
        }
        assertThat(events).hasSize(2);
    }

    @Test
    void aListenerThatWentIsNotTold() throws Exception {
        Retry retry = retry(settings -> settings);
        List<RetryEvent> heard = new ArrayList<>();
        retry.onEvent(heard::add).close();

        retry.call(failing(new IOException()));

        assertThat(heard).isEmpty();
        assertThat(events).hasSize(2);
    }

    @Test
    void mustHaveAName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Retry.of(" ", RetryConfig.ofDefaults()))
                .withMessage("name must not be blank: ' '");
        assertThat(Retry.of("mail", settings -> settings.maxAttempts(4)))
                .hasToString("Retry 'mail' maxAttempts=4, backoff=Backoff[initial=PT0.1S, multiplier=2.0, max=PT3S, "
                        + "jitter=0.2], on=default, budget=PT0S, maxRetryAfter=PT5M");
    }

    private Retry retry(UnaryOperator<RetryConfig.Builder> settings) {
        Retry retry = Retry.of("mail", config(settings), time, timers.stepping());
        retry.onEvent(events::add);
        return retry;
    }

    private static RetryConfig config(UnaryOperator<RetryConfig.Builder> settings) {
        return settings.apply(RetryConfig.builder()
                        .backoff(new Backoff(Duration.ofMillis(100), 2, Duration.ofSeconds(3), /* jitter= */ 0)))
                .build();
    }

    /** Throws one after the other, then returns. */
    private static Callable<String> failing(Throwable... failures) {
        Iterator<Throwable> left = List.of(failures).iterator();
        return () -> {
            if (left.hasNext()) {
                RetryTests.<RuntimeException>sneak(left.next());
            }
            return "value";
        };
    }

    private static Supplier<String> unchecked(Callable<String> call) {
        return () -> {
            try {
                return call.call();
            } catch (Throwable thrown) {
                RetryTests.<RuntimeException>sneak(thrown);
                throw new AssertionError(thrown);
            }
        };
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> void sneak(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /** Wakes everyone too late. */
    private final class SlowScheduler implements Scheduler {

        private final Duration lateness;

        SlowScheduler(Duration lateness) {
            this.lateness = lateness;
        }

        @Override
        public Task schedule(Runnable task, Duration delay) {
            return time.schedule(task, delay.plus(lateness));
        }

        @Override
        public void pause(Duration delay) {
            time.advance(delay.plus(lateness));
        }
    }

    private static final class Full extends CallRejectedException {

        private static final long serialVersionUID = 1L;

        Full() {
            super("full");
        }
    }
}
