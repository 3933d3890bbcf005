package io.breaker.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.sample.downstream.ManualDelay;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.JsonPathAssertions;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;

/** Places orders while one or the other service is out of order. */
@ShopTest
@ExtendWith(OutputCaptureExtension.class)
class OrderTests {

    private static final String ORDER_OF = """
            {"userId":"%s","items":[{"productId":"p1","quantity":2}],"paymentMethod":"card"}""";

    @Autowired
    ShopDriver shop;

    @Autowired
    ManualDelay delay;

    @Autowired
    CircuitBreakerRegistry registry;

    @BeforeEach
    void startAfresh() {
        shop.startAfresh();
    }

    @Test
    void placesAnOrder() {
        shop.order()
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("PLACED")
                .jsonPath("$.total")
                .isEqualTo(19.98)
                .jsonPath("$.user.source")
                .isEqualTo("SERVICE")
                .jsonPath("$.paymentId")
                .isNotEmpty()
                .jsonPath("$.notified")
                .isEqualTo(true);
    }

    @Test
    void tellsWhereTheOrderIs() {
        String location = shop.order().returnResult().getResponseHeaders().getFirst(HttpHeaders.LOCATION);

        shop.get(location)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("PLACED");
    }

    @Test
    void doesNotFindAnUnknownOrderAndDoesNotBlameTheServiceForIt() {
        CircuitBreaker breaker = registry.find("order").orElseThrow();
        long ignored = breaker.snapshot().totals().ignored();

        shop.get("/orders/nothing").expectStatus().isNotFound();

        assertThat(breaker.snapshot().totals().ignored()).isEqualTo(ignored + 1);
        assertThat(breaker.snapshot().stats().total()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    userId        | {"items":[{"productId":"p1","quantity":2}],"paymentMethod":"card"}
                    userId        | {"userId":"u 1","items":[{"productId":"p1","quantity":2}],"paymentMethod":"card"}
                    items         | {"userId":"u1","paymentMethod":"card"}
                    items         | {"userId":"u1","items":[],"paymentMethod":"card"}
                    items         | {"userId":"u1","items":[null],"paymentMethod":"card"}
                    productId     | {"userId":"u1","items":[{"quantity":2}],"paymentMethod":"card"}
                    quantity      | {"userId":"u1","items":[{"productId":"p1"}],"paymentMethod":"card"}
                    quantity      | {"userId":"u1","items":[{"productId":"p1","quantity":101}],"paymentMethod":"card"}
                    paymentMethod | {"userId":"u1","items":[{"productId":"p1","quantity":2}]}
                    JSON          | {"userId":
                    JSON          | []
                    """)
    void saysWhatIsWrongWithAnOrder(String fault, String body) {
        int orders = shop.callsReceivedBy("order");

        problem(body, 400).value(detail -> assertThat((String) detail).contains(fault));

        assertThat(shop.callsReceivedBy("order")).isEqualTo(orders);
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "payment"})
    void answersBadGatewayWhileANeededServiceFails(String service) {
        shop.tell(service, "fail");

        problem(ShopDriver.ORDER, 502)
                .isEqualTo("A service that is needed failed. Nothing was ordered; please try again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order", "payment"})
    void answersServiceUnavailableWhileTheCircuitOfANeededServiceIsOpen(String service) {
        registry.find(service).orElseThrow().forceOpen();
        int calls = shop.callsReceivedBy("payment");

        problem(ShopDriver.ORDER, 503)
                .value(detail -> assertThat((String) detail).doesNotContain(service));

        assertThat(shop.callsReceivedBy("payment")).isEqualTo(calls);
    }

    @Test
    void cancelsTheOrderWhosePaymentFailed() {
        shop.tell("payment", "fail");

        shop.order().expectStatus().isEqualTo(502);

        assertThat(statusOfNewestOrder()).isEqualTo("CANCELLED");
    }

    @Test
    void cancelsTheOrderWhosePaymentIsRejected() {
        registry.find("payment").orElseThrow().forceOpen();

        shop.order().expectStatus().isEqualTo(503);

        assertThat(statusOfNewestOrder()).isEqualTo("CANCELLED");
    }

    @Test
    void tellsTheCustomerOfThePaymentAndTheLogOfAnOrderThatCouldNotBeCancelled(CapturedOutput log) {
        shop.tell("payment", "slow");
        delay.meanwhile(() -> {
            registry.find("order").orElseThrow().forceOpen();
            throw new IllegalStateException("the payment service breaks down");
        });

        shop.order().expectStatus().isEqualTo(502);

        assertThat(statusOfNewestOrder()).isEqualTo("PLACED");
        assertThat(log).containsPattern("WARN .* Order o\\d+ is not paid and could not be cancelled: .*FORCED_OPEN");
    }

    @Test
    void takesAnUnknownCustomerForAGuestWhileTheUserServiceFails() {
        shop.tell("user", "fail");

        userOf("newcomer")
                .jsonPath("$.user.source")
                .isEqualTo("DEFAULT")
                .jsonPath("$.user.name")
                .isEqualTo("Guest");
    }

    @Test
    void remembersACustomerWhileTheUserServiceFails() {
        String name = nameOf(userOf("regular"));
        shop.tell("user", "fail");

        userOf("regular")
                .jsonPath("$.user.source")
                .isEqualTo("CACHE")
                .jsonPath("$.user.name")
                .isEqualTo(name);
    }

    @Test
    void remembersACustomerWhileTheCircuitOfTheUserServiceIsOpen() {
        userOf("regular");
        shop.tell("user", "fail");
        shop.placeOrders(5);
        assertThat(shop.<String>read("/actuator/circuitbreakers/user", "$.state"))
                .isEqualTo("OPEN");
        int calls = shop.callsReceivedBy("user");

        userOf("regular").jsonPath("$.user.source").isEqualTo("CACHE");

        assertThat(shop.callsReceivedBy("user")).isEqualTo(calls);
    }

    @Test
    void placesTheOrderWhenNobodyCanBeNotified() {
        shop.tell("notification", "fail");

        for (int order = 0; order < 4; order++) {
            shop.order()
                    .expectStatus()
                    .isCreated()
                    .expectBody()
                    .jsonPath("$.notified")
                    .isEqualTo(false);
        }

        assertThat(shop.<String>read("/actuator/circuitbreakers/notification", "$.reason"))
                .isEqualTo("failureStreak(3) held: 3 calls failed in a row");
        assertThat(statusOfNewestOrder()).isEqualTo("PLACED");
    }

    @Test
    void givesUpEachAttemptOfANotificationThatTakesTooLong() {
        CircuitBreaker breaker = registry.find("notification").orElseThrow();
        long failed = breaker.snapshot().totals().failed();
        CountDownLatch answered = new CountDownLatch(1);
        shop.tell("notification", "slow");
        delay.meanwhile(() -> awaitQuietly(answered));

        shop.order()
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.notified")
                .isEqualTo(false);
        answered.countDown();

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(failed + 3);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }

    private BodyContentSpec userOf(String userId) {
        return shop.order(ORDER_OF.formatted(userId)).expectStatus().isCreated().expectBody();
    }

    private static String nameOf(BodyContentSpec order) {
        return JsonPath.read(new String(order.returnResult().getResponseBody(), StandardCharsets.UTF_8), "$.user.name");
    }

    private String statusOfNewestOrder() {
        return shop.<List<String>>read("/downstream/order/orders", "$[0:1].status")
                .get(0);
    }

    private JsonPathAssertions problem(String body, int status) {
        return shop.order(body)
                .expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.detail");
    }
}
