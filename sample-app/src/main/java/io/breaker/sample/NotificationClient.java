package io.breaker.sample;

import io.breaker.spring.annotation.CircuitBreaker;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Tells customers that their order is placed.
 *
 * <p>Nobody waits long for that: what takes half a second is given up, and a call that is given up is a failure like
 * any other. The properties give it a retry: a notification that arrives twice does no harm, one that is lost does. The
 * breaker counts each attempt, so a service that is down is soon left alone.
 */
@Component
class NotificationClient {

    private final RestClient http;

    NotificationClient(LocalServer server) {
        this.http = server.client("/downstream/notification", Duration.ofMillis(500));
    }

    @CircuitBreaker(name = "notification", tripper = "(closed & failureStreak(3)) | (halfOpened & failureRate(0.5))")
    void orderPlaced(String userId, String orderId) {
        http.post()
                .uri("/notifications")
                .body(new Notification(userId, "order_placed", orderId))
                .retrieve()
                .toBodilessEntity();
    }

    private record Notification(String userId, String type, String orderId) {}
}
