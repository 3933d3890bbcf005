package io.breaker.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** Breaks the payment service, watches what its breaker does, and heals it. */
@ShopTest
class ShopWalkTests {

    private static final String PAYMENT = "/actuator/circuitbreakers/payment";

    @Autowired
    ShopDriver shop;

    @Autowired
    ManualTime time;

    @BeforeEach
    void startAfresh() {
        shop.startAfresh();
    }

    @Test
    void opensWhilePaymentFailsAndClosesAfterItHealed() {
        shop.placeOrders(5);
        shop.openPaymentCircuit();
        shop.get(PAYMENT)
                .expectBody()
                .jsonPath("$.reason")
                .isEqualTo("failureRate(0.5) held: 5 of 10 calls failed")
                .jsonPath("$.retryAfter")
                .isEqualTo("PT5S");

        time.advance(Duration.ofMillis(3500));
        refusesOrders("2");
        shop.tell("payment", "heal");
        refusesOrders("2");

        time.advance(Duration.ofMillis(1500));
        shop.placeOrders(1);
        assertThat(stateOfPayment()).isEqualTo("HALF_OPEN");
        shop.placeOrders(2);
        assertThat(stateOfPayment()).isEqualTo("CLOSED");
        showsTheWholeStory();
        metersAgreeWithTheEndpoint();
    }

    @Test
    void opensAgainWhileProbesFail() {
        shop.openPaymentCircuit();

        time.advance(Duration.ofSeconds(5));
        for (int probe = 0; probe < 3; probe++) {
            shop.order().expectStatus().isEqualTo(502);
        }

        shop.get(PAYMENT)
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("OPEN")
                .jsonPath("$.reopens")
                .isEqualTo(1)
                .jsonPath("$.reason")
                .isEqualTo("failureRate(0.5) held: 3 of 3 calls failed");
        refusesOrders("5");
    }

    @Test
    void rejectsAtOnceWhenForcedOpenAndReturnsByItself() {
        shop.placeOrders(1);

        shop.command("payment", """
                        {"state":"forced-open","reason":"drill","expiresIn":"10s"}""")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("FORCED_OPEN")
                .jsonPath("$.reason")
                .isEqualTo("drill");
        refusesOrders("10");

        time.advance(Duration.ofSeconds(10));
        assertThat(stateOfPayment()).isEqualTo("CLOSED");
        shop.placeOrders(1);
        metersAgreeWithTheEndpoint();
    }

    @Test
    void doesNotFindAnUnknownBreaker() {
        shop.command("paymnet", "{\"state\":\"forced-open\"}").expectStatus().isNotFound();
        shop.get("/actuator/circuitbreakers/paymnet").expectStatus().isNotFound();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"state\":\"ajar\"}",
                "{\"state\":\"half-open\"}",
                "{\"reason\":\"no state\"}",
                "{\"state\":\"forced-open\",\"expiresIn\":\"10\"}",
                "{\"state\":\"closed\",\"expiresIn\":\"10s\"}"
            })
    void refusesAWrongCommand(String command) {
        shop.command("payment", command).expectStatus().isBadRequest();

        assertThat(stateOfPayment()).isEqualTo("CLOSED");
    }

    @Test
    void refusesACommandThatAForeignPageCouldSend() {
        shop.command("payment", MediaType.APPLICATION_FORM_URLENCODED, "state=forced-open")
                .expectStatus()
                .isEqualTo(415);

        assertThat(stateOfPayment()).isEqualTo("CLOSED");
    }

    @Test
    void showsAllBreakersTheWorstFirst() {
        shop.openPaymentCircuit();

        shop.get("/actuator/circuitbreakers")
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo("degraded")
                .jsonPath("$.summary.total")
                .isEqualTo(4)
                .jsonPath("$.circuitBreakers[0].name")
                .isEqualTo("payment");
        shop.get("/actuator/health")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components.circuitBreakers.components.payment.details.state")
                .isEqualTo("OPEN");
    }

    private void refusesOrders(String retryAfter) {
        int callsBefore = shop.callsReceivedBy("payment");
        for (int order = 0; order < 3; order++) {
            shop.order()
                    .expectStatus()
                    .isEqualTo(503)
                    .expectHeader()
                    .valueEquals(HttpHeaders.RETRY_AFTER, retryAfter)
                    .expectHeader()
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        }
        assertThat(shop.callsReceivedBy("payment")).isEqualTo(callsBefore);
    }

    private void showsTheWholeStory() {
        assertThat(shop.<List<String>>read(PAYMENT, "$.transitions[0:3].from"))
                .containsExactly("HALF_OPEN", "OPEN", "CLOSED");
        assertThat(shop.<List<String>>read(PAYMENT, "$.transitions[0:3].to"))
                .containsExactly("CLOSED", "HALF_OPEN", "OPEN");
        assertThat(shop.<List<String>>read(PAYMENT, "$.transitions[2:3].reason"))
                .containsExactly("failureRate(0.5) held: 5 of 10 calls failed");
    }

    private void metersAgreeWithTheEndpoint() {
        assertThat(shop.meter("circuit_breaker_state{name=\"payment\",state=\"closed\"}"))
                .isEqualTo(1);
        assertThat(shop.meter("circuit_breaker_state{name=\"payment\",state=\"open\"}"))
                .isZero();
        agree("circuit_breaker_requests_total{name=\"payment\",outcome=\"success\"}", "succeeded");
        agree("circuit_breaker_requests_total{name=\"payment\",outcome=\"failure\"}", "failed");
        agree("circuit_breaker_requests_total{name=\"payment\",outcome=\"ignored\"}", "ignored");
        agree("circuit_breaker_rejected_requests_total{name=\"payment\"}", "rejected");
        agree("circuit_breaker_response_time_seconds_count{name=\"payment\",outcome=\"success\"}", "succeeded");
        agree("circuit_breaker_response_time_seconds_count{name=\"payment\",outcome=\"failure\"}", "failed");
        for (String change : List.of("CLOSED OPEN", "OPEN HALF_OPEN", "HALF_OPEN CLOSED", "HALF_OPEN OPEN")) {
            changesAgree(change.split(" ")[0], change.split(" ")[1]);
        }
    }

    private void agree(String series, String total) {
        assertThat(shop.meter(series))
                .isEqualTo(shop.<Integer>read(PAYMENT, "$.totals." + total).doubleValue());
    }

    private void changesAgree(String from, String to) {
        List<?> changes = shop.read(PAYMENT, "$.transitions[?(@.from=='%s' && @.to=='%s')]".formatted(from, to));
        assertThat(shop.meter("circuit_breaker_state_changes_total{from=\"%s\",name=\"payment\",to=\"%s\"}"
                        .formatted(tag(from), tag(to))))
                .isEqualTo(changes.size());
    }

    private static String tag(String state) {
        return state.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private String stateOfPayment() {
        return shop.read(PAYMENT, "$.state");
    }
}
