package io.breaker.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.testing.ManualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;

class HttpRetryAfterTests {

    @ParameterizedTest
    @CsvSource({"7,7", "' 7 ',7", "3600,3600", "999999999999999999,999999999999999999"})
    void readsSeconds(String header, long seconds) {
        assertThat(HttpRetryAfter.in(headers(header))).contains(Duration.ofSeconds(seconds));
    }

    @Test
    void aDateCountsFromTheDateOfTheResponseOn() {
        HttpHeaders headers = headers("Thu, 01 Jan 2026 10:00:07 GMT");
        headers.set(HttpHeaders.DATE, "Thu, 01 Jan 2026 10:00:00 GMT");

        assertThat(HttpRetryAfter.in(headers)).contains(Duration.ofSeconds(7));
    }

    @Test
    void aDateCountsFromNowOnWhereTheResponseHasNone() {
        HttpHeaders headers = new HttpHeaders();
        headers.setInstant(HttpHeaders.RETRY_AFTER, Instant.now().plusSeconds(3600));

        assertThat(HttpRetryAfter.in(headers).orElseThrow())
                .isBetween(Duration.ofSeconds(3000), Duration.ofSeconds(3600));
    }

    @Test
    void aDateThatIsOverAsksForNothing() {
        HttpHeaders headers = headers("Thu, 01 Jan 2026 09:59:59 GMT");
        headers.set(HttpHeaders.DATE, "Thu, 01 Jan 2026 10:00:00 GMT");

        assertThat(HttpRetryAfter.in(headers)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-7", "+7", "7s", "1.5", "soon", "9999999999999999999", "٧"})
    void whatCannotBeReadAsksForNothing(String header) {
        assertThat(HttpRetryAfter.in(headers(header))).isEmpty();
    }

    @Test
    void readsTheExceptionsOfSpringsClientsAlsoAsACause() {
        HttpServerErrorException blocking = HttpServerErrorException.create(
                HttpStatus.SERVICE_UNAVAILABLE, "", headers("7"), new byte[0], StandardCharsets.UTF_8);
        WebClientResponseException reactive =
                WebClientResponseException.create(503, "", headers("8"), new byte[0], StandardCharsets.UTF_8);

        assertThat(HttpRetryAfter.askedBy(blocking)).contains(Duration.ofSeconds(7));
        assertThat(HttpRetryAfter.askedBy(new CompletionException(reactive))).contains(Duration.ofSeconds(8));
    }

    @Test
    void readsWhatAFailureItselfAsksFor() {
        assertThat(HttpRetryAfter.askedBy(new FailedStatusException(503, Optional.of(Duration.ofSeconds(7)))))
                .contains(Duration.ofSeconds(7));
        assertThat(HttpRetryAfter.askedBy(new FailedStatusException(503, Optional.empty())))
                .isEmpty();
        assertThat(HttpRetryAfter.askedBy(new IllegalStateException())).isEmpty();
    }

    @Test
    void aRetryWaitsAsLongAsTheServerAsks() {
        ManualTime time = new ManualTime();
        RetryConfig config = RetryConfig.builder()
                .maxAttempts(2)
                .retryAfter(HttpRetryAfter::askedBy)
                .build();
        Retry retry = Retry.of("payments", config, time, time);
        try (LoopbackServer server = new LoopbackServer()) {
            server.answers(503).with("Retry-After", "7");
            RestClient client = RestClient.create(server.url());
            CompletableFuture<String> answer = retry.callAsync(() -> CompletableFuture.completedFuture(
                            client.get().retrieve().body(String.class)))
                    .toCompletableFuture();
            server.answers(200);

            time.advance(Duration.ofMillis(6999));
            assertThat(server.requests()).isEqualTo(1);
            time.advance(Duration.ofMillis(1));
            assertThat(server.requests()).isEqualTo(2);
            assertThat(answer).isCompletedWithValue("answer");
        }
    }

    @Test
    void endsOnACircleOfCauses() {
        IllegalStateException one = new IllegalStateException();
        one.initCause(new IllegalStateException(one));

        assertThat(HttpRetryAfter.askedBy(one)).isEmpty();
    }

    private static HttpHeaders headers(String retryAfter) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
        return headers;
    }
}
