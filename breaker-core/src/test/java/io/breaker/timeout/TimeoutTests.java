package io.breaker.timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.event.Registration;
import io.breaker.policy.CallRejectedException;
import io.breaker.testing.LogCapture;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Timers;
import io.breaker.timeout.TimeoutEvent.TimedOut;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Synchronous calls: what their caller gets, and what is left behind. */
class TimeoutTests {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final ManualTime time = new ManualTime();
    private final Timers timers = new Timers(time);
    private final Timeout timeout = Timeout.of("payments", TimeoutConfig.of(LIMIT), time, timers);
    private final Timeout measuring =
            Timeout.of("files", TimeoutConfig.of(LIMIT).withInterrupt(false), time, timers);

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(Thread.interrupted()).isFalse();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void aCallThatEndsInTimeIsAsItWouldBeWithoutATimeout() throws Exception {
        List<String> ran = new ArrayList<>();

        assertThat(timeout.call(() -> "called")).isEqualTo("called");
        assertThat(timeout.get(() -> "got")).isEqualTo("got");
        timeout.run(() -> ran.add("ran"));

        assertThat(ran).containsExactly("ran");
        assertThat(timeout.<String>get(() -> null)).isNull();
        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(4, 0));
    }

    @Test
    void whatACallThrowsInTimeComesOutUnchanged() {
        IOException checked = new IOException();
        IllegalStateException unchecked = new IllegalStateException();
        StackOverflowError error = new StackOverflowError();

        assertThat(catchThrowable(() -> timeout.call(() -> {
                    throw checked;
                })))
                .isSameAs(checked);
        assertThat(catchThrowable(() -> timeout.get(() -> {
                    throw unchecked;
                })))
                .isSameAs(unchecked);
        assertThat(catchThrowable(() -> timeout.run(() -> {
                    throw error;
                })))
                .isSameAs(error);
        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(3, 0));
    }

    @Test
    void aBlockedCallIsInterruptedAtTheLimit() {
        CallTimeoutException thrown = catchThrowableOfType(
                CallTimeoutException.class,
                () -> timeout.call(() -> {
                    time.advance(LIMIT);
                    new CountDownLatch(1).await();
                    return "never";
                }));

        assertThat(thrown)
                .hasMessage("timeout 'payments': the call did not end within 2s")
                .hasNoCause();
        assertThat(thrown.getSuppressed()).hasExactlyElementsOfTypes(InterruptedException.class);
        assertThat(thrown.timeoutName()).isEqualTo("payments");
        assertThat(thrown.limit()).isEqualTo(LIMIT);
        assertThat(thrown).isNotInstanceOf(CallRejectedException.class);
        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(0, 1));
    }

    @Test
    void theStackTraceLeadsToTheCaller() {
        assertThatThrownBy(() -> timeout.run(() -> time.advance(LIMIT)))
                .satisfies(thrown -> assertThat(thrown.getStackTrace())
                        .anyMatch(element -> element.getClassName().startsWith(TimeoutTests.class.getName())));
    }

    @Test
    void theLateValueOfACallThatIgnoresTheInterruptIsDropped() {
        assertThatThrownBy(() -> timeout.get(() -> {
                    time.advance(LIMIT.plusSeconds(60));
                    return "late";
                }))
                .isInstanceOf(CallTimeoutException.class)
                .hasNoSuppressedExceptions();
        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(0, 1));
    }

    @Test
    void whateverACallThrowsAfterTheLimitIsSuppressed() {
        StackOverflowError error = new StackOverflowError();

        assertThatThrownBy(() -> timeout.run(() -> {
                    time.advance(LIMIT);
                    throw error;
                }))
                .isInstanceOf(CallTimeoutException.class)
                .hasSuppressedException(error);
    }

    @Test
    void theLimitIsExclusive() throws Exception {
        Duration justInTime = LIMIT.minusNanos(1);

        timeout.run(() -> time.advance(justInTime));
        measuring.run(() -> time.advance(justInTime));

        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(1, 0));
        assertThat(measuring.totals()).isEqualTo(new TimeoutTotals(1, 0));
        assertThatThrownBy(() -> measuring.run(() -> time.advance(LIMIT))).isInstanceOf(CallTimeoutException.class);
    }

    @Test
    void measuringDoesNotInterrupt() {
        List<Boolean> interrupted = new ArrayList<>();

        assertThatThrownBy(() -> measuring.run(() -> {
                    time.advance(LIMIT);
                    interrupted.add(Thread.currentThread().isInterrupted());
                    assertThat(timers.pending()).isZero();
                }))
                .isInstanceOf(CallTimeoutException.class);

        assertThat(interrupted).containsExactly(false);
    }

    @Test
    void aTimerThatComesLateChangesNothing() {
        Timeout stalled = Timeout.of("stalled", TimeoutConfig.of(LIMIT), time, (task, delay) -> () -> true);

        assertThatThrownBy(() -> stalled.run(() -> time.advance(LIMIT))).isInstanceOf(CallTimeoutException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aSchedulerThatRefusesKeepsTheCallFromBeingMade() {
        Timeout refused = Timeout.of("refused", TimeoutConfig.of(LIMIT), time, (task, delay) -> {
            throw new RejectedExecutionException("closed");
        });

        assertThatThrownBy(() -> refused.run(() -> {
                    throw new AssertionError("must not be called");
                }))
                .hasMessage("closed");

        timeout.run(() -> {});
        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(1, 0));
    }

    @Test
    void theCallStaysOnItsThread() {
        ThreadLocal<String> local = ThreadLocal.withInitial(() -> "other thread");
        local.set("same thread");

        assertThat(timeout.get(local::get)).isEqualTo("same thread");
    }

    @Test
    void aTimeoutIsAFailureToACircuitBreaker() {
        CircuitBreaker breaker = CircuitBreaker.of("payments", settings -> settings);

        assertThatThrownBy(() -> breaker.run(() -> timeout.run(() -> time.advance(LIMIT))))
                .isInstanceOf(CallTimeoutException.class);

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
    }

    @Test
    void tellsWhatTimedOut() {
        List<TimeoutEvent> events = new ArrayList<>();
        Registration registration = timeout.onEvent(events::add);

        catchThrowable(() -> timeout.run(() -> time.advance(LIMIT.plusSeconds(1))));
        timeout.run(() -> {});
        registration.close();
        catchThrowable(() -> timeout.run(() -> time.advance(LIMIT)));

        assertThat(events)
                .containsExactly(
                        new TimedOut("payments", Instant.parse("2026-01-01T00:00:03Z"), LIMIT, Duration.ofSeconds(3)));
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() {
        timeout.onEvent(event -> {
            throw new IllegalStateException("defect");
        });

        try (LogCapture log = LogCapture.of(io.breaker.event.Listeners.class)) {
            assertThatThrownBy(() -> timeout.run(() -> time.advance(LIMIT))).isInstanceOf(CallTimeoutException.class);
            assertThat(log.messages()).containsExactly("a listener threw on TimedOut");
        }
    }

    @Test
    void anEndlessLimitIsNeverReached() {
        Timeout endless = Timeout.of("endless", TimeoutConfig.of(ChronoUnit.FOREVER.getDuration()), time, timers);

        endless.run(() -> time.advance(Duration.ofDays(100_000)));

        assertThat(endless.totals()).isEqualTo(new TimeoutTotals(1, 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void aLimitIsAboveZero(long nanos) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TimeoutConfig.of(Duration.ofNanos(nanos)))
                .withMessageStartingWith("limit must be above 0: PT");
    }

    @Test
    void isNamedAndConfigured() {
        assertThat(timeout.name()).isEqualTo("payments");
        assertThat(timeout.config().interrupt()).isTrue();
        assertThat(TimeoutConfig.of(LIMIT).withLimit(Duration.ofSeconds(3)).limit())
                .hasSeconds(3);
        assertThat(timeout).hasToString("Timeout 'payments' PT2S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Timeout.of(" ", LIMIT))
                .withMessage("name must not be blank: ' '");
    }
}
