package io.breaker.sample;

import io.breaker.spring.annotation.CircuitBreaker;
import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Charges customers. There is no fallback: nobody else can say that something is paid.
 *
 * <p>Nor is there a retry: a charge whose answer is lost may have gone through, and made again it would be paid twice. The
 * properties give it a timeout and a bulkhead: however slow the payments are, they hold ten threads at most.
 */
@Component
class PaymentClient {

    private final RestClient http;

    PaymentClient(LocalServer server) {
        // Above the timeout of the properties, which ends the call first.
        this.http = server.client("/downstream/payment", Duration.ofSeconds(5));
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
