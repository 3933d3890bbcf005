package io.breaker.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Tells the services how to be, and looks at the breakers before them. */
@ShopTest
class DownstreamTests {

    @Autowired
    ShopDriver shop;

    @Autowired
    RestTestClient http;

    @BeforeEach
    void startAfresh() {
        shop.startAfresh();
    }

    @Test
    void showsModesAndCalls() {
        int calls = shop.callsReceivedBy("notification");
        shop.tell("payment", "slow");
        shop.placeOrders(2);

        shop.get("/downstream")
                .expectBody()
                .jsonPath("$.payment.mode")
                .isEqualTo("slow")
                .jsonPath("$.user.mode")
                .isEqualTo("heal")
                .jsonPath("$.notification.calls")
                .isEqualTo(calls + 2);
    }

    @ParameterizedTest
    @CsvSource({"payments, fail, 404", "payment, explode, 400", "payment, FAIL, 400"})
    void refusesWhatItDoesNotKnow(String service, String mode, int status) {
        http.post()
                .uri("/downstream/{service}/{mode}", service, mode)
                .exchange()
                .expectStatus()
                .isEqualTo(status);

        assertThat(shop.<String>read("/downstream", "$.payment.mode")).isEqualTo("heal");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    user    | slowRate(0.5, 1s) held: 5 of 5 calls took 1s or longer
                    order   | avgLatency(1s) held: 5 calls took 1.5s on average
                    payment | slowRate(0.5, 1s) held: 5 of 5 calls took 1s or longer
                    """)
    void opensACircuitBecauseItsServiceIsSlow(String service, String reason) {
        shop.tell(service, "slow");
        shop.placeOrders(5);

        shop.get("/actuator/circuitbreakers/" + service)
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("OPEN")
                .jsonPath("$.reason")
                .isEqualTo(reason);
    }

    @Test
    void answersFastAgainOnceTheCircuitOfASlowUserServiceIsOpen() {
        shop.tell("user", "slow");
        shop.placeOrders(5);
        int calls = shop.callsReceivedBy("user");

        shop.order()
                .expectStatus()
                .isCreated()
                .expectBody()
                .jsonPath("$.user.source")
                .isEqualTo("CACHE");

        assertThat(shop.callsReceivedBy("user")).isEqualTo(calls);
    }
}
