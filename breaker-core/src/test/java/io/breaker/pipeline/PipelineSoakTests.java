package io.breaker.pipeline;

import static io.breaker.pipeline.Observed.End.CANCELLED;
import static io.breaker.pipeline.Observed.End.FAILED;
import static io.breaker.pipeline.Observed.End.FULL;
import static io.breaker.pipeline.Observed.End.NOT_PERMITTED;
import static io.breaker.pipeline.Observed.End.TIMED_OUT;
import static io.breaker.pipeline.Observed.End.VALUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.BulkheadFullException.Reason;
import io.breaker.bulkhead.BulkheadTotals;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.event.Registration;
import io.breaker.retry.RetryTotals;
import io.breaker.testing.CountedScheduler;
import io.breaker.testing.Eventually;
import io.breaker.testing.Threads;
import io.breaker.timeout.TimeoutTotals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * All policies at once around calls over real HTTP, with real threads and in real time. {@code -Psoak} makes it last longer.
 *
 * <p>Nothing here depends on how fast anything is: what is asserted holds whatever the machine does meanwhile. Every wait
 * has an end of its own. (JUnit's timeout would start a thread, and new threads are counted here.)
 */
class PipelineSoakTests {

    private static final System.Logger LOGGER = System.getLogger(PipelineSoakTests.class.getName());
    private static final boolean SOAKED = System.getProperty("breaker.soak") != null;
    private static final Duration LENGTH = Duration.parse(System.getProperty("breaker.soak", "PT3S"));
    private static final int CALLERS = 64;
    private static final int INTERRUPTERS = 2;

    private final CountedScheduler scheduler = new CountedScheduler();
    private final Soak soak = new Soak(scheduler);
    private Service service;
    private Set<Thread> before;

    @BeforeEach
    void startTheService() throws Exception {
        service = new Service();
        service.send(new Visit(Visit.Answer.OK, Duration.ZERO));
        before = Thread.getAllStackTraces().keySet();
    }

    @AfterEach
    void stopTheService() {
        service.close();
        scheduler.close();
    }

    @Test
    void nothingIsLostAndEverythingAddsUp() {
        List<Registration> registrations = soak.listen();

        callForAWhile();
        Eventually.holds("all calls have ended: " + soak, soak::isAtRest);
        registrations.forEach(Registration::close);
        LOGGER.log(SOAKED ? System.Logger.Level.INFO : System.Logger.Level.DEBUG, soak::toString);

        assertTheLimitHeld();
        assertEveryCallerGotAnAnswer();
        assertTheBreakerCountedEveryAttempt();
        assertTheBulkheadCountedEveryRejection();
        assertRetryAndTimeoutCountedEveryCall();
        assertNothingIsLeftBehind();
    }

    private void callForAWhile() {
        List<SoakCaller> callers = IntStream.range(0, CALLERS)
                .mapToObj(number -> new SoakCaller(soak, service, number))
                .toList();
        AtomicInteger left = new AtomicInteger(CALLERS);
        long end = System.nanoTime() + LENGTH.toNanos();
        Threads.run(CALLERS + INTERRUPTERS, thread -> {
            if (thread >= CALLERS) {
                interrupt(callers, new Random(thread), left);
                return;
            }
            try {
                while (end - System.nanoTime() > 0) {
                    if (thread % 2 == 0) {
                        callers.get(thread).callSync();
                    } else {
                        callers.get(thread).callAsync();
                    }
                }
            } finally {
                left.decrementAndGet();
            }
        });
    }

    private static void interrupt(List<SoakCaller> callers, Random random, AtomicInteger left) {
        while (left.get() > 0) {
            LockSupport.parkNanos(1_000_000);
            callers.get(random.nextInt(CALLERS / 2) * 2).target.strike();
        }
    }

    private void assertTheLimitHeld() {
        assertThat(service.calling.highest()).isEqualTo(Soak.MAX_CONCURRENT_CALLS);
        assertThat(service.working.highest()).isBetween(1, Soak.MAX_CONCURRENT_CALLS);
        assertThat(service.calling.present()).isZero();
        assertThat(service.working.present()).isZero();
    }

    private void assertEveryCallerGotAnAnswer() {
        long gaveUp = soak.seen("cancelled") + soak.seen("taken over");
        assertThat(soak.seen("value") + soak.seen("fallback") + gaveUp)
                .isEqualTo(soak.retry.totals().calls());
        // A caller who gives up while his answer is under way may have been given one.
        assertThat(soak.pipeline.fallbacks()).isBetween(soak.seen("fallback"), soak.seen("fallback") + gaveUp);
        assertThat(soak.attempts.ended(VALUE)).isBetween(soak.seen("value"), soak.seen("value") + gaveUp);
        for (Observed.End rejection : List.of(FULL, NOT_PERMITTED)) {
            long answered = soak.seen("answered " + rejection);
            assertThat(soak.attempts.ended(rejection)).isBetween(answered, answered + gaveUp);
        }
    }

    private void assertTheBreakerCountedEveryAttempt() {
        long failed = soak.attempts.ended(FAILED) + soak.attempts.ended(TIMED_OUT);
        long ignored = soak.attempts.ended(FULL) + soak.attempts.ended(CANCELLED);
        assertThat(soak.breaker.snapshot().totals())
                .extracting(CallTotals::succeeded, CallTotals::failed, CallTotals::ignored, CallTotals::rejected)
                .containsExactly(soak.attempts.ended(VALUE), failed, ignored, soak.attempts.ended(NOT_PERMITTED))
                .containsExactly(
                        soak.seen("event succeeded"),
                        soak.seen("event failed"),
                        soak.seen("event ignored"),
                        soak.seen("event rejected"));
    }

    private void assertTheBulkheadCountedEveryRejection() {
        BulkheadTotals totals = soak.bulkhead.totals();
        long cancelled = soak.attempts.ended(CANCELLED);
        assertThat(List.of(totals.full(), totals.timedOut(), totals.interrupted()))
                .containsExactly(
                        soak.rejections(Reason.FULL),
                        soak.rejections(Reason.TIMED_OUT),
                        soak.rejections(Reason.INTERRUPTED));
        // Who is cancelled at the very moment in which his time is up, or his slot comes, counts as what came first.
        assertThat(totals.rejected()).isBetween(soak.attempts.ended(FULL), soak.attempts.ended(FULL) + cancelled);
        long admitted = soak.attempts.begun() - soak.attempts.ended(NOT_PERMITTED);
        assertThat(admitted - totals.rejected() - totals.cancelled() - soak.made.begun())
                .isBetween(0L, cancelled);
    }

    private void assertRetryAndTimeoutCountedEveryCall() {
        RetryTotals retries = soak.retry.totals();
        assertThat(retries.calls() + retries.retries()).isEqualTo(soak.attempts.begun());
        assertThat(retries.retries()).isEqualTo(soak.seen("event retried"));
        long timedOut = soak.made.ended(TIMED_OUT);
        assertThat(soak.timeout.totals()).isEqualTo(new TimeoutTotals(soak.made.begun() - timedOut, timedOut));
        assertThat(timedOut).isEqualTo(soak.seen("event timed out"));
    }

    private void assertNothingIsLeftBehind() {
        Eventually.holds("no timer is left", () -> scheduler.pending() == 0);
        Eventually.holds(
                "no thread but the scheduler's is left: " + newThreads(),
                () -> newThreads().equals(List.of("breaker-scheduler")));
        scheduler.close();
        Eventually.holds("the scheduler's thread has ended", () -> newThreads().isEmpty());
    }

    private List<String> newThreads() {
        Set<Thread> present = new HashSet<>(Thread.getAllStackTraces().keySet());
        present.removeAll(before);
        return new ArrayList<>(present.stream().map(Thread::getName).toList());
    }
}
