package io.breaker.sample;

import io.breaker.spring.annotation.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Keeps orders with the order service. All its methods share one breaker. */
@Component
@CircuitBreaker(name = "order", tripper = "minRequests(5) & (failureRate(0.5) | avgLatency(1s))")
class OrderClient {

    private final RestClient http;

    OrderClient(LocalServer server) {
        this.http = server.client("/downstream/order", Duration.ofSeconds(2));
    }

    StoredOrder create(String userId, List<OrderRequest.Item> items) {
        return http.post()
                .uri("/orders")
                .body(new NewOrder(userId, items))
                .retrieve()
                .requiredBody(StoredOrder.class);
    }

    /** Finds one order. The starter's default tracker ignores the 404 for an unknown one: the service is well. */
    StoredOrder find(String id) {
        return http.get().uri("/orders/{id}", id).retrieve().requiredBody(StoredOrder.class);
    }

    void cancel(String id) {
        http.post().uri("/orders/{id}/cancel", id).retrieve().toBodilessEntity();
    }

    private record NewOrder(String userId, List<OrderRequest.Item> items) {}
}
