package io.breaker.bulkhead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.management.ThreadMXBean;
import io.breaker.bulkhead.BulkheadEvent.Reconfigured;
import io.breaker.bulkhead.BulkheadEvent.Rejected;
import io.breaker.bulkhead.BulkheadFullException.Reason;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.event.Listeners;
import io.breaker.event.Registration;
import io.breaker.policy.CallRejectedException;
import io.breaker.testing.LogCapture;
import io.breaker.testing.ManualTime;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Synchronous calls that do not wait, and what a bulkhead tells of itself. */
class BulkheadTests {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final ManualTime time = new ManualTime();
    private final Bulkhead bulkhead = bulkhead(BulkheadConfig.builder().maxConcurrentCalls(1));

    @Test
    void aCallHoldsASlotWhileItIsUnderWay() throws Exception {
        List<Integer> active = new ArrayList<>();

        assertThat(bulkhead.call(() -> {
                    active.add(bulkhead.activeCalls());
                    return "called";
                }))
                .isEqualTo("called");
        assertThat(bulkhead.get(bulkhead::activeCalls)).isEqualTo(1);
        bulkhead.run(() -> active.add(bulkhead.activeCalls()));

        assertThat(active).containsExactly(1, 1);
        assertThat(bulkhead.activeCalls()).isZero();
    }

    @Test
    void whateverComesOutOfACallGivesTheSlotBack() {
        IOException checked = new IOException();
        IllegalStateException unchecked = new IllegalStateException();
        StackOverflowError error = new StackOverflowError();

        assertThat(catchThrowable(() -> bulkhead.call(() -> {
                    throw checked;
                })))
                .isSameAs(checked);
        assertThat(catchThrowable(() -> bulkhead.get(() -> {
                    throw unchecked;
                })))
                .isSameAs(unchecked);
        assertThat(catchThrowable(() -> bulkhead.run(() -> {
                    throw error;
                })))
                .isSameAs(error);

        assertThat(bulkhead.activeCalls()).isZero();
        assertThat(bulkhead.totals()).isEqualTo(new BulkheadTotals(0, 0, 0, 0));
    }

    @Test
    void aFullBulkheadRejects() {
        BulkheadFullException thrown = bulkhead.get(() -> catchThrowableOfType(
                BulkheadFullException.class,
                () -> bulkhead.call(() -> {
                    throw new AssertionError("must not be called");
                })));

        assertThat(thrown)
                .isInstanceOf(CallRejectedException.class)
                .hasMessage("bulkhead 'payments' is full with 1 call: nobody may wait");
        assertThat(thrown.bulkheadName()).isEqualTo("payments");
        assertThat(thrown.reason()).isEqualTo(Reason.FULL);
        assertThat(thrown.maxConcurrentCalls()).isEqualTo(1);
        assertThat(thrown.getStackTrace()).isEmpty();
        assertThat(bulkhead.totals()).isEqualTo(new BulkheadTotals(1, 0, 0, 0));
        assertThat(bulkhead.totals().rejected()).isEqualTo(1);
        assertThat(bulkhead.activeCalls()).isZero();
    }

    @Test
    void aFullBulkheadDoesNotTripTheBreakerAroundIt() {
        CircuitBreaker breaker = CircuitBreaker.of("payments", settings -> settings.tripper("failureStreak(1)"));

        bulkhead.run(() -> assertThatThrownBy(() -> breaker.run(() -> bulkhead.run(() -> {})))
                .isInstanceOf(BulkheadFullException.class));

        assertThat(breaker.snapshot().totals().ignored()).isEqualTo(1);
        assertThat(breaker.snapshot().totals().failed()).isZero();
    }

    @Test
    void tellsEachRejectionAndReconfiguration() {
        List<BulkheadEvent> all = new ArrayList<>();
        List<Rejected> rejections = new ArrayList<>();
        Registration registration = bulkhead.onEvent(all::add);
        bulkhead.onEvent(Rejected.class, rejections::add);
        BulkheadConfig same = bulkhead.config();

        bulkhead.run(() -> catchThrowable(() -> bulkhead.run(() -> {})));
        bulkhead.reconfigure(same);
        registration.close();
        bulkhead.run(() -> catchThrowable(() -> bulkhead.run(() -> {})));

        Rejected rejected = new Rejected("payments", START, Reason.FULL);
        assertThat(all).containsExactly(rejected, new Reconfigured("payments", START, same));
        assertThat(rejections).containsExactly(rejected, rejected);
    }

    @Test
    void aListenerThatThrowsDisturbsNothing() {
        bulkhead.onEvent(event -> {
            throw new IllegalStateException("defect");
        });

        try (LogCapture log = LogCapture.of(Listeners.class)) {
            bulkhead.run(
                    () -> assertThatThrownBy(() -> bulkhead.run(() -> {})).isInstanceOf(BulkheadFullException.class));
            assertThat(log.messages()).containsExactly("a listener threw on Rejected");
        }
        assertThat(bulkhead.activeCalls()).isZero();
    }

    @Test
    void aCallThatFindsASlotAndOneThatIsRejectedMakeNoObject() {
        Runnable call = () -> {};
        Runnable rejected = () -> {
            try {
                bulkhead.run(call);
            } catch (BulkheadFullException expected) {
                call.run();
            }
        };

        assertThat(bytesPerCall(() -> bulkhead.run(call))).isLessThan(1);
        assertThat(bytesPerCall(() -> bulkhead.run(rejected))).isLessThan(1);
    }

    private static double bytesPerCall(Runnable call) {
        int calls = 5_000;
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / calls;
    }

    @Test
    void hasDefaults() {
        Bulkhead plain = Bulkhead.of("plain", settings -> settings);

        assertThat(plain.config()).isEqualTo(new BulkheadConfig(25, 0, Duration.ofMillis(500)));
        assertThat(plain).hasToString("Bulkhead 'plain' 0 of 25");
        assertThat(plain.name()).isEqualTo("plain");
    }

    @Test
    void settingsAreCopiedAndChecked() {
        BulkheadConfig config = BulkheadConfig.builder()
                .maxConcurrentCalls(2)
                .queueCapacity(3)
                .queueTimeout(Duration.ofSeconds(4))
                .build();

        assertThat(config.toBuilder().build()).isEqualTo(config);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.toBuilder().maxConcurrentCalls(0).build())
                .withMessage("maxConcurrentCalls must be at least 1: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.toBuilder().queueCapacity(-1).build())
                .withMessage("queueCapacity must be at least 0: -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.toBuilder().queueTimeout(Duration.ZERO).build())
                .withMessage("queueTimeout must be above 0: PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bulkhead.of("", config))
                .withMessage("name must not be blank: ''");
    }

    private Bulkhead bulkhead(BulkheadConfig.Builder config) {
        return Bulkhead.of("payments", config.build(), time, time);
    }
}
