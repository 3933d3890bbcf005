package io.breaker.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.sample.downstream.ManualDelay;
import io.breaker.spring.registry.PipelineRegistry;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;

/** Watches what the properties put around the calls beside a breaker. */
@ShopTest
class PolicyTests {

    private static final int PLACES = 10;
    private static final int QUEUE = 5;

    @Autowired
    ShopDriver shop;

    @Autowired
    ManualTime time;

    @Autowired
    ManualDelay delay;

    @Autowired
    PipelineRegistry pipelines;

    @BeforeEach
    void startAfresh() {
        shop.startAfresh();
    }

    @Test
    void givesUpAPaymentAtItsTimeoutAndCancelsTheOrder() {
        int timeouts = total("payment", "timeouts");
        int failed = total("payment", "failed");
        shop.tell("payment", "slow");
        delay.meanwhile(() -> time.advance(Duration.ofSeconds(2)));

        shop.order()
                .expectStatus()
                .isEqualTo(504)
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo("A service that is needed took too long. The order is cancelled.");

        assertThat(total("payment", "timeouts")).isEqualTo(timeouts + 1);
        assertThat(total("payment", "failed")).isEqualTo(failed + 1);
        assertThat(shop.<List<String>>read("/downstream/order/orders", "$[0:1].status"))
                .containsExactly("CANCELLED");
    }

    @Test
    void triesANotificationThreeTimesAndAPaymentOnce() {
        int retries = total("notification", "retries");
        int notifications = shop.callsReceivedBy("notification");
        shop.tell("notification", "fail");

        shop.order().expectStatus().isCreated();

        assertThat(shop.callsReceivedBy("notification")).isEqualTo(notifications + 3);
        assertThat(total("notification", "retries")).isEqualTo(retries + 2);

        int payments = shop.callsReceivedBy("payment");
        shop.tell("payment", "fail");
        shop.order().expectStatus().isEqualTo(502);
        assertThat(shop.callsReceivedBy("payment")).isEqualTo(payments + 1);
    }

    @Test
    void refusesAPaymentForWhichThereIsNoPlaceAndDoesNotBlameTheService() throws InterruptedException {
        int rejections = total("payment", "bulkheadRejections");
        int failed = total("payment", "failed");
        Bulkhead bulkhead = pipelines.pipeline("payment").find(Bulkhead.class).orElseThrow();
        CountDownLatch answered = new CountDownLatch(1);
        shop.tell("payment", "slow");
        delay.meanwhile(() -> awaitQuietly(answered));
        ExecutorService customers = Executors.newFixedThreadPool(PLACES + QUEUE);
        try {
            for (int customer = 0; customer < PLACES + QUEUE; customer++) {
                customers.execute(() -> shop.order());
            }
            Awaitility.await().until(() -> bulkhead.activeCalls() == PLACES && bulkhead.queued() == QUEUE);

            shop.order().expectStatus().isEqualTo(503).expectHeader().valueEquals(HttpHeaders.RETRY_AFTER, "1");
            assertThat(total("payment", "bulkheadRejections")).isEqualTo(rejections + 1);
            assertThat(total("payment", "failed")).isEqualTo(failed);
        } finally {
            answered.countDown();
            customers.shutdown();
        }

        assertThat(customers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(bulkhead.activeCalls()).isZero();
        assertThat(bulkhead.queued()).isZero();
    }

    private int total(String breaker, String figure) {
        return shop.read("/actuator/circuitbreakers/" + breaker, "$.totals." + figure);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
