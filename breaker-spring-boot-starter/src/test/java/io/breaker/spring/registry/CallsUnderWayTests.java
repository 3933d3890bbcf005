package io.breaker.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CallsUnderWayTests {

    private static final int CALLS = 5_000;

    private final CircuitBreaker payments = CircuitBreaker.of("payments", CircuitBreakerConfig.ofDefaults());
    private final CircuitBreaker orders = CircuitBreaker.of("orders", CircuitBreakerConfig.ofDefaults());

    @Test
    void knowsEveryBreakerWhoseCallIsUnderWay() {
        CallsUnderWay.enter(payments);
        CallsUnderWay.enter(orders);
        assertThat(CallsUnderWay.includes(payments)).isTrue();
        assertThat(CallsUnderWay.includes(orders)).isTrue();

        CallsUnderWay.leave();
        assertThat(CallsUnderWay.includes(payments)).isTrue();
        assertThat(CallsUnderWay.includes(orders)).isFalse();

        CallsUnderWay.leave();
        assertThat(CallsUnderWay.includes(payments)).isFalse();
    }

    @Test
    void knowsNothingOfOtherThreads() {
        CallsUnderWay.enter(payments);
        try {
            assertThat(CompletableFuture.supplyAsync(() -> CallsUnderWay.includes(payments))
                            .join())
                    .isFalse();
        } finally {
            CallsUnderWay.leave();
        }
    }

    @Test
    void tellsBreakersOfOneNameApart() {
        CallsUnderWay.enter(CircuitBreaker.of("payments", CircuitBreakerConfig.ofDefaults()));
        try {
            assertThat(CallsUnderWay.includes(payments)).isFalse();
        } finally {
            CallsUnderWay.leave();
        }
    }

    @Test
    void aReactiveContextKeepsWhatIsAroundIt() {
        List<?> outer = CallsUnderWay.with(orders, null);
        List<?> inner = CallsUnderWay.with(payments, outer);

        assertThat(CallsUnderWay.includes(orders, inner)).isTrue();
        assertThat(CallsUnderWay.includes(payments, inner)).isTrue();
        assertThat(CallsUnderWay.includes(payments, outer)).isFalse();
        assertThat(CallsUnderWay.includes(payments, null)).isFalse();
    }

    @Test
    void aNoteMakesNoObject() {
        takeNotes();

        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        takeNotes();
        assertThat((double) (threads.getCurrentThreadAllocatedBytes() - before) / CALLS)
                .isLessThan(1);
    }

    private void takeNotes() {
        for (int call = 0; call < CALLS; call++) {
            CallsUnderWay.enter(payments);
            CallsUnderWay.leave();
        }
    }
}
