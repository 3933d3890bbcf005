package io.breaker.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.sample.downstream.ManualDelay;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** Uses the shop as people do: over HTTP. */
class ShopDriver {

    static final String ORDER = """
            {"userId":"u1","items":[{"productId":"p1","quantity":2}],"paymentMethod":"card"}""";

    private static final List<String> SERVICES = List.of("user", "order", "payment", "notification");

    private final RestTestClient http;
    private final CircuitBreakerRegistry registry;
    private final ManualDelay delay;

    ShopDriver(RestTestClient http, CircuitBreakerRegistry registry, ManualDelay delay) {
        this.http = http;
        this.registry = registry;
        this.delay = delay;
    }

    /** Heals the services and closes the circuits, with nothing in their windows. */
    void startAfresh() {
        delay.reset();
        SERVICES.forEach(service -> tell(service, "heal"));
        registry.all().forEach(CircuitBreaker::reset);
    }

    ResponseSpec order() {
        return order(ORDER);
    }

    ResponseSpec order(String body) {
        return http.post()
                .uri("/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }

    void placeOrders(int count) {
        Stream.generate(this::order)
                .limit(count)
                .forEach(order -> order.expectStatus().isCreated());
    }

    void tell(String service, String mode) {
        http.post()
                .uri("/downstream/{service}/{mode}", service, mode)
                .exchange()
                .expectStatus()
                .isOk();
    }

    /** Breaks the payments and orders until their circuit is open. */
    void openPaymentCircuit() {
        tell("payment", "fail");
        for (int failures = 0; failures < 5; failures++) {
            order().expectStatus().isEqualTo(502);
        }
        assertThat(this.<String>read("/actuator/circuitbreakers/payment", "$.state"))
                .isEqualTo("OPEN");
    }

    int callsReceivedBy(String service) {
        return read("/downstream", "$." + service + ".calls");
    }

    ResponseSpec get(String path) {
        return http.get().uri(path).exchange();
    }

    <T> T read(String path, String jsonPath) {
        return JsonPath.read(text(path), jsonPath);
    }

    String text(String path) {
        byte[] body =
                get(path).expectStatus().isOk().expectBody().returnResult().getResponseBody();
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Sends a command to a breaker. */
    ResponseSpec command(String breaker, MediaType type, String body) {
        return http.post()
                .uri("/actuator/circuitbreakers/{name}", breaker)
                .header(HttpHeaders.CONTENT_TYPE, type.toString())
                .body(body)
                .exchange();
    }

    ResponseSpec command(String breaker, String body) {
        return command(breaker, MediaType.APPLICATION_JSON, body);
    }

    /** Reads one number as Prometheus would; the series is written as {@code name{tag="value",…}}. */
    double meter(String series) {
        return text("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + series));
    }
}
