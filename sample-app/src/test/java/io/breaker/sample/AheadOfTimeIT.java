package io.breaker.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Starts the jar from what was generated for it at build time, and walks a short way through the shop. */
@Timeout(120)
class AheadOfTimeIT {

    private static final Pattern URL = Pattern.compile("The shop is open\\..*?(http://[^/]+)/");

    /** More than its tripper needs, whatever the customers of the sample do beside it. */
    private static final int MOST_ORDERS = 100;

    private static final String ORDER = """
            {"userId": "u1", "items": [{"productId": "p1", "quantity": 1}], "paymentMethod": "card"}
            """;

    private static final List<String> LOG = new ArrayList<>();

    private static Process shop;
    private static RestTestClient http;

    @BeforeAll
    static void openTheShop() throws IOException {
        shop = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dspring.aot.enabled=true",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        System.getProperty("sample.jar"),
                        "--server.port=0",
                        "--logging.level.org.springframework=info",
                        // More than the test has, so that its orders find the circuit open.
                        "--breaker.defaults.cooldown=fixed(5m)")
                .redirectErrorStream(true)
                .start();
        http = RestTestClient.bindToServer().baseUrl(readUntilOpen()).build();
    }

    /** Reads the log to its end on a thread of its own: a process whose output nobody reads stops. */
    private static String readUntilOpen() throws IOException {
        BufferedReader output = shop.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            LOG.add(line);
            Matcher url = URL.matcher(line);
            if (url.find()) {
                Thread rest = new Thread(() -> readToEnd(output), "rest of the log");
                rest.setDaemon(true);
                rest.start();
                return url.group(1);
            }
        }
        throw new AssertionError("The shop did not open:\n" + String.join("\n", LOG));
    }

    private static void readToEnd(BufferedReader output) {
        try {
            output.transferTo(Writer.nullWriter());
        } catch (IOException closed) {
            // The process has ended, and its output with it.
        }
    }

    @AfterAll
    static void closeTheShop() throws InterruptedException {
        shop.destroy();
        if (!shop.waitFor(20, TimeUnit.SECONDS)) {
            shop.destroyForcibly();
        }
    }

    @Test
    void startsFromWhatWasGenerated() {
        assertThat(LOG).anyMatch(line -> line.contains("Starting AOT-processed SampleApplication"));
    }

    @Test
    void hasABreakerForEachService() {
        http.get()
                .uri("/actuator/circuitbreakers")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.circuitBreakers[*].name")
                .value(names ->
                        assertThat((List<?>) names).asString().contains("user", "order", "payment", "notification"));
    }

    @Test
    void opensWhenPaymentsFail() {
        http.post().uri("/downstream/payment/fail").exchange().expectStatus().isOk();

        for (int order = 0; order < MOST_ORDERS && !stateOfPayment().contains("\"state\":\"OPEN\""); order++) {
            http.post()
                    .uri("/orders")
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(ORDER)
                    .exchange()
                    .expectStatus()
                    .is5xxServerError();
        }

        assertThat(stateOfPayment()).contains("\"state\":\"OPEN\"", "failureRate(0.5) held", "PaymentClient.charge");
    }

    private static String stateOfPayment() {
        byte[] body = http.get()
                .uri("/actuator/circuitbreakers/payment")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
        return new String(body, StandardCharsets.UTF_8);
    }
}
