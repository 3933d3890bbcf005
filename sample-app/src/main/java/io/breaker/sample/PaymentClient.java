package io.breaker.sample;

import io.breaker.spring.annotation.CircuitBreaker;
import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Charges customers. There is no fallback: nobody else can say that something is paid. */
@Component
class PaymentClient {

    private final RestClient http;

    PaymentClient(LocalServer server) {
        this.http = server.client("/downstream/payment", Duration.ofSeconds(2));
    }

    @CircuitBreaker(name = "payment", tripper = "minRequests(5) & (failureRate(0.5) | slowRate(0.5, 1s))")
    Payment charge(StoredOrder order, String method) {
        return http.post()
                .uri("/payments")
                .body(new Charge(order.id(), order.total(), method))
                .retrieve()
                .requiredBody(Payment.class);
    }

    /** What the payment service answers. */
    record Payment(String id) {}

    private record Charge(String orderId, BigDecimal amount, String method) {}
}
