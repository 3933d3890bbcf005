package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.circuitbreaker.tripper.TripContext;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.testing.LogCapture;
import io.breaker.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every synchronous row of the table "every admitted call is settled exactly once". */
class SettlementTests {

    private final ManualTime time = new ManualTime();

    @Test
    void aCallThatReturnsIsASuccess() throws Exception {
        CircuitBreaker breaker = breaker(settings -> settings);

        assertThat(breaker.call(() -> "value")).isEqualTo("value");
        assertThat(breaker.get(() -> 7)).isEqualTo(7);
        breaker.run(() -> {});

        assertTotals(breaker, 3, 0, 0);
    }

    @Test
    void aCallInTwoStepsMayLetItsLatencyBeginLater() {
        CircuitBreaker breaker = breaker(settings -> settings);
        OngoingCall call = breaker.begin();
        time.advance(Duration.ofSeconds(3));
        call.startClock();
        time.advance(Duration.ofSeconds(1));
        call.succeed();

        assertThat(breaker.snapshot().totals().meanLatency()).contains(Duration.ofSeconds(1));
    }

    @Test
    void aValueThatTheResultTrackerMatchesIsAFailureAndStillReturned() throws Exception {
        CircuitBreaker breaker = breaker(settings -> settings.resultTracker(value -> value == null));

        assertThat(breaker.<Object>call(() -> null)).isNull();
        assertThat(breaker.get(() -> "value")).isEqualTo("value");

        assertTotals(breaker, 1, 1, 0);
    }

    @Test
    void aTrackedExceptionIsAFailureAndReachesTheCallerUnchanged() {
        CircuitBreaker breaker = breaker(settings -> settings);
        IOException thrown = new IOException("down");

        assertThatThrownBy(() -> breaker.call(throwing(thrown))).isSameAs(thrown);

        assertTotals(breaker, 0, 1, 0);
    }

    @Test
    void anErrorAndAnInterruptedExceptionAreFailuresLikeAnyOther() {
        CircuitBreaker breaker = breaker(settings -> settings);

        assertThatThrownBy(() -> breaker.run(() -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> breaker.call(throwing(new InterruptedException())))
                .isInstanceOf(InterruptedException.class);

        assertTotals(breaker, 0, 2, 0);
    }

    @Test
    void anUntrackedExceptionIsIgnoredByDefault() {
        CircuitBreaker breaker = breaker(settings -> settings.tracker("typeOf(java.io.IOException)"));

        assertThatThrownBy(() -> breaker.call(throwing(new IllegalStateException())))
                .isInstanceOf(IllegalStateException.class);

        assertTotals(breaker, 0, 0, 1);
        assertThat(breaker.snapshot().stats().total()).isZero();
    }

    @Test
    void anUntrackedExceptionIsASuccessWhereTheSettingsSaySo() {
        CircuitBreaker breaker = breaker(
                settings -> settings.tracker("typeOf(java.io.IOException)").untracked(Untracked.SUCCESS));

        assertThatThrownBy(() -> breaker.call(throwing(new IllegalStateException())))
                .isInstanceOf(IllegalStateException.class);

        assertTotals(breaker, 1, 0, 0);
    }

    @Test
    void aRejectionOfAnotherPolicyInsideIsIgnoredWhateverTheTrackerSays() {
        CircuitBreaker inner = CircuitBreaker.of("inner", settings -> settings);
        inner.forceOpen();
        CircuitBreaker breaker = breaker(settings -> settings.untracked(Untracked.SUCCESS));

        assertThatThrownBy(() -> breaker.get(() -> inner.get(() -> "never")))
                .isInstanceOf(CallNotPermittedException.class);

        assertTotals(breaker, 0, 0, 1);
    }

    @Test
    void aTrackerThatThrowsMakesTheCallAFailureAndIsLoggedOnce() {
        CircuitBreaker breaker = breaker(settings -> settings.tracker(thrown -> {
            throw new IllegalStateException("defect in the tracker");
        }));
        IOException thrown = new IOException("down");

        try (LogCapture log = LogCapture.of(CircuitBreaker.class)) {
            assertThatThrownBy(() -> breaker.call(throwing(thrown))).isSameAs(thrown);
            assertThatThrownBy(() -> breaker.call(throwing(thrown))).isSameAs(thrown);

            assertThat(log.messages())
                    .containsExactly("circuit breaker 'payments': the tracker 'custom' threw;"
                            + " the call counts as a failure (logged once)");
        }
        assertTotals(breaker, 0, 2, 0);
    }

    @Test
    void aResultTrackerThatThrowsMakesTheCallAFailureAndTheValueIsReturned() {
        CircuitBreaker breaker = breaker(settings -> settings.resultTracker(value -> {
            throw new IllegalStateException("defect");
        }));

        assertThat(breaker.get(() -> "value")).isEqualTo("value");

        assertTotals(breaker, 0, 1, 0);
    }

    @Test
    void aTripperThatThrowsDoesNotHoldAndIsLoggedOnce() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper(context -> {
            throw new AssertionError("defect");
        }));

        try (LogCapture log = LogCapture.of(CircuitBreaker.class)) {
            fail(breaker);
            fail(breaker);

            assertThat(log.messages())
                    .containsExactly(
                            "circuit breaker 'payments': the tripper 'custom' threw; it does not hold (logged once)");
        }
        assertThat(breaker.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aPermitThatThrowsRefusesAndGivesThePlaceBack() {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("failureStreak(1)")
                .cooldown("fixed(5s)")
                .permit(context -> {
                    if (context.inFlight() == 0) {
                        throw new IllegalStateException("defect");
                    }
                    return true;
                }));
        fail(breaker);
        time.advance(Duration.ofSeconds(5));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(breaker::begin).isInstanceOf(CallNotPermittedException.class);
        }

        assertThat(breaker.snapshot().totals().rejected()).isEqualTo(3);
    }

    @Test
    void aCooldownThatThrowsOrIsNegativeLastsSixtySeconds() {
        CircuitBreaker throwing =
                breaker(settings -> settings.tripper("failureStreak(1)").cooldown(context -> {
                    throw new IllegalStateException("defect");
                }));
        CircuitBreaker negative =
                breaker(settings -> settings.tripper("failureStreak(1)").cooldown(context -> Duration.ofSeconds(-1)));

        fail(throwing);
        fail(negative);

        assertThat(throwing.snapshot().retryAfter()).contains(Duration.ofSeconds(60));
        assertThat(negative.snapshot().retryAfter()).contains(Duration.ofSeconds(60));
    }

    @Test
    void aRuleThatCannotEvenPrintDisturbsNoCall() {
        Tripper unprintable = new Tripper() {
            @Override
            public boolean trips(TripContext context) {
                return true;
            }

            @Override
            public String text() {
                throw new IllegalStateException("defect");
            }
        };
        CircuitBreaker breaker = breaker(settings -> settings.tripper(unprintable));

        assertThat(breaker.callAsync(() -> CompletableFuture.completedFuture("value")))
                .isCompletedWithValue("value");

        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        assertThat(breaker.history().transitions().get(0).reason()).isEqualTo("the tripper held");
    }

    @Test
    void aListenerThatThrowsOnAnExceptionThatCannotPrintDisturbsNoCall() {
        CircuitBreaker breaker = breaker(settings -> settings);
        breaker.onEvent(event -> {
            throw new IllegalStateException("defect");
        });
        RuntimeException unprintable = new RuntimeException() {
            @Override
            public String toString() {
                throw new UnsupportedOperationException("defect");
            }
        };

        assertThat(catchThrowable(() -> breaker.call(throwing(unprintable)))).isSameAs(unprintable);
    }

    @Test
    void onlyTheFirstEndOfATwoStepCallCounts() {
        CircuitBreaker breaker = breaker(settings -> settings);
        OngoingCall call = breaker.begin();

        call.succeed();
        call.fail(new Exception());
        call.ignore();
        call.succeed();

        assertTotals(breaker, 1, 0, 0);
    }

    @Test
    void aTwoStepCallThatFailsIsJudgedByTheTracker() {
        CircuitBreaker breaker = breaker(settings -> settings.tracker("typeOf(java.io.IOException)"));

        breaker.begin().fail(new IOException());
        breaker.begin().fail(new IllegalStateException());

        assertTotals(breaker, 0, 1, 1);
    }

    @Test
    void measuresTheLatencyOfSuccessesAndFailuresAlike() {
        CircuitBreaker breaker = breaker(settings -> settings);
        OngoingCall success = breaker.begin();
        time.advance(Duration.ofSeconds(1));
        success.succeed();
        OngoingCall failure = breaker.begin();
        time.advance(Duration.ofSeconds(3));
        failure.fail(new Exception());

        CallTotals totals = breaker.snapshot().totals();

        assertThat(totals.meanLatency()).contains(Duration.ofSeconds(2));
        assertThat(totals.succeededTime()).isEqualTo(Duration.ofSeconds(1));
        assertThat(totals.failedTime()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void knowsNoLatencyWhereItIsNotMeasured() {
        CircuitBreaker breaker = breaker(settings -> settings.measureLatency(false));

        breaker.run(() -> {});
        fail(breaker);

        assertTotals(breaker, 1, 1, 0);
        assertThat(breaker.snapshot().totals().meanLatency()).isEmpty();
    }

    @Test
    void readsNoClockOnTheCallPathOfAClosedCountWindowWithoutLatency() {
        CountingTicker ticker = new CountingTicker();
        CircuitBreaker breaker = CircuitBreaker.of(
                "payments", CircuitBreakerConfig.builder().measureLatency(false).build(), ticker);
        int before = ticker.reads;

        breaker.run(() -> {});
        assertThatThrownBy(() -> breaker.call(throwing(new IOException()))).isInstanceOf(IOException.class);

        assertThat(ticker.reads).isEqualTo(before);
    }

    private static final class CountingTicker implements io.breaker.time.Ticker {

        private int reads;

        @Override
        public long nanos() {
            return ++reads;
        }

        @Override
        public java.time.Instant instant() {
            reads++;
            return java.time.Instant.EPOCH;
        }
    }

    private CircuitBreaker breaker(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        return CircuitBreaker.of(
                "payments", settings.apply(CircuitBreakerConfig.builder()).build(), time);
    }

    private static void fail(CircuitBreaker breaker) {
        breaker.begin().fail(new Exception("a failure"));
    }

    private static Callable<Object> throwing(Exception thrown) {
        return () -> {
            throw thrown;
        };
    }

    private static void assertTotals(CircuitBreaker breaker, long succeeded, long failed, long ignored) {
        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::succeeded, CallTotals::failed, CallTotals::ignored, CallTotals::rejected)
                .containsExactly(succeeded, failed, ignored, 0L);
    }
}
