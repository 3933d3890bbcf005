package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admitted and the rejected path make no object, compiled or not. */
class AllocationTests {

    private static final int CALLS = 5_000;
    private static final RuntimeException FAILURE = new RuntimeException("made once");

    @ParameterizedTest
    @ValueSource(strings = {"count(100)", "time(60s)"})
    void anAdmittedCallMakesNoObject(String window) {
        CircuitBreaker breaker = breaker(settings -> settings.window(window));

        assertThat(bytesPerCall(() -> breaker.run(AllocationTests::succeed))).isLessThan(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(closed & minRequests(20) & failureRate(0.6)) | (halfOpened & failureRate(0.5))",
                "!failureStreak(1) & slowRate(0.5, 3s) & failureCount(90)"
            })
    void aCallAmongFailuresMakesNoObject(String tripper) {
        assertAllocatesNothingAmongFailures(breaker(settings -> settings.tripper(tripper)));
        assertAllocatesNothingAmongFailures(
                breaker(settings -> settings.tripper(tripper).window("time(60m)")));
    }

    private static void assertAllocatesNothingAmongFailures(CircuitBreaker breaker) {
        assertThat(bytesPerCall(() -> {
                    breaker.run(AllocationTests::succeed);
                    try {
                        breaker.run(AllocationTests::fail);
                    } catch (RuntimeException expected) {
                        breaker.run(AllocationTests::succeed);
                    }
                }))
                .isLessThan(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "typeOf(java.io.IOException) | causedBy(java.io.IOException) | all",
                "all & !causedBy(java.lang.Error)"
            })
    void aFailedCallThatIsTrackedMakesNoObject(String tracker) {
        CircuitBreaker breaker = breaker(settings -> settings.tracker(tracker).tripper("failureStreak(1000000)"));

        assertThat(bytesPerCall(() -> {
                    try {
                        breaker.run(AllocationTests::fail);
                    } catch (RuntimeException expected) {
                        succeed();
                    }
                }))
                .isLessThan(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRejectedCallMakesNoObject(boolean forced) {
        CircuitBreaker breaker = breaker(settings -> settings.tripper("failureStreak(1)"));
        if (forced) {
            breaker.forceOpen();
        } else {
            breaker.begin().fail(FAILURE);
        }

        assertThat(bytesPerCall(() -> {
                    try {
                        breaker.run(AllocationTests::succeed);
                    } catch (CallNotPermittedException expected) {
                        succeed();
                    }
                }))
                .isLessThan(1);
    }

    private static void succeed() {}

    private static void fail() {
        throw FAILURE;
    }

    private static CircuitBreaker breaker(UnaryOperator<CircuitBreakerConfig.Builder> settings) {
        return CircuitBreaker.of("payments", settings);
    }

    private static double bytesPerCall(Runnable call) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
    }
}
