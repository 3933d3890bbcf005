package io.breaker.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerEvent.Succeeded;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Lets the customers in. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class SampleLoadTests {

    @Autowired
    SampleLoad load;

    @Autowired
    CircuitBreakerRegistry registry;

    @Test
    void ordersUntilItIsStopped() throws InterruptedException {
        CountDownLatch notified = new CountDownLatch(3);
        registry.find("notification").orElseThrow().onEvent(Succeeded.class, event -> notified.countDown());

        assertThat(notified.await(30, TimeUnit.SECONDS)).isTrue();
        load.stop();

        assertThat(load.isRunning()).isFalse();
        assertThat(registry.find("payment").orElseThrow().snapshot().totals().failed())
                .isZero();
    }
}
