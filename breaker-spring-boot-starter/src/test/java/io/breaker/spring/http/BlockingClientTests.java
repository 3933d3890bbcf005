package io.breaker.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerEvent.Failed;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.testing.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** A breaker around a real {@link RestClient} and a real {@link RestTemplate}. */
class BlockingClientTests {

    private final ManualTime time = new ManualTime();
    private final CircuitBreaker breaker = CircuitBreaker.of(
            "payments",
            CircuitBreakerConfig.builder()
                    .tracker(HttpStatusTracker.allButClientErrors())
                    .tripper("failureStreak(3)")
                    .cooldown("fixed(5s)")
                    .build(),
            time);
    private final LoopbackServer server = new LoopbackServer();

    @AfterEach
    void stop() {
        server.close();
    }

    /** Makes a GET request. */
    interface Client {

        String get(String url);
    }

    static Stream<Named<BiFunction<ClientHttpRequestInterceptor, SimpleClientHttpRequestFactory, Client>>> clients() {
        return Stream.of(
                Named.of("RestClient", (interceptor, requests) -> {
                    RestClient client = RestClient.builder()
                            .requestFactory(requests)
                            .requestInterceptor(interceptor)
                            .build();
                    return url -> client.get().uri(url).retrieve().body(String.class);
                }),
                Named.of("RestTemplate", (interceptor, requests) -> {
                    RestTemplate client = new RestTemplate(requests);
                    client.getInterceptors().add(interceptor);
                    return url -> client.getForObject(url, String.class);
                }));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void serverErrorsOpenTheBreakerAndAnOpenBreakerMakesNoRequest(
            BiFunction<ClientHttpRequestInterceptor, SimpleClientHttpRequestFactory, Client> kind) {
        Client client = client(kind);
        server.answers(503);

        for (int call = 0; call < 3; call++) {
            assertThatExceptionOfType(HttpServerErrorException.ServiceUnavailable.class)
                    .isThrownBy(() -> client.get(server.url()));
        }

        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> client.get(server.url()));
        assertThat(server.requests()).isEqualTo(3);
        assertThat(breaker.snapshot().totals().failed()).isEqualTo(3);
        assertThat(breaker.snapshot().totals().rejected()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aResponseThatIsNoFailureIsASuccess(
            BiFunction<ClientHttpRequestInterceptor, SimpleClientHttpRequestFactory, Client> kind) {
        Client client = client(kind);
        assertThat(client.get(server.url())).isEqualTo("answer");
        server.answers(404);
        assertThatExceptionOfType(HttpClientErrorException.NotFound.class).isThrownBy(() -> client.get(server.url()));

        assertThat(breaker.snapshot().totals().succeeded()).isEqualTo(2);
        assertThat(breaker.snapshot().totals().failed()).isZero();
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aServerThatIsAskedTooOftenIsAFailure(
            BiFunction<ClientHttpRequestInterceptor, SimpleClientHttpRequestFactory, Client> kind) {
        server.answers(429);

        assertThatExceptionOfType(HttpClientErrorException.TooManyRequests.class)
                .isThrownBy(() -> client(kind).get(server.url()));

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aRefusedConnectionIsAFailure(
            BiFunction<ClientHttpRequestInterceptor, SimpleClientHttpRequestFactory, Client> kind) {
        assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() -> client(kind).get(LoopbackServer.urlOfNobody()));

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aReadThatTakesTooLongIsAFailure(
            BiFunction<ClientHttpRequestInterceptor, SimpleClientHttpRequestFactory, Client> kind) {
        server.fallsSilent();

        assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() -> client(kind).get(server.url()));

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void theCooldownIsNotShorterThanRetryAfter(
            BiFunction<ClientHttpRequestInterceptor, SimpleClientHttpRequestFactory, Client> kind) {
        Client client = client(kind);
        server.answers(503).with("Retry-After", "7");

        for (int call = 0; call < 3; call++) {
            assertThat(catchThrowable(() -> client.get(server.url()))).isNotNull();
        }

        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(7));
        time.advance(Duration.ofSeconds(6));
        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> client.get(server.url()));
        assertThat(server.requests()).isEqualTo(3);

        server.answers(200);
        time.advance(Duration.ofSeconds(1));
        assertThat(client.get(server.url())).isEqualTo("answer");
    }

    @Test
    void theFailureTellsWhatTheServerSaid() {
        List<Failed> failures = new ArrayList<>();
        breaker.onEvent(Failed.class, failures::add);
        server.answers(503).with("Retry-After", "7");

        assertThat(catchThrowable(() -> restClient().get(server.url()))).isNotNull();

        assertThat(failures).singleElement().satisfies(failed -> {
            FailedStatusException failure =
                    (FailedStatusException) failed.cause().orElseThrow();
            assertThat(failure).hasMessage("HTTP status 503");
            assertThat(failure.status()).isEqualTo(503);
            assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
        });
    }

    @Test
    void aFailedResponseReachesTheCallerWhole() {
        server.answers(503);
        RestClient client = RestClient.builder()
                .requestInterceptor(CircuitBreakerHttpInterceptor.of(breaker))
                .build();

        String body = client.get().uri(server.url()).exchange((request, response) -> {
            assertThat(response.getStatusCode().value()).isEqualTo(503);
            return new String(response.getBody().readAllBytes());
        });

        assertThat(body).isEqualTo("answer");
        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
    }

    @Test
    void aStatusIsAFailureWhateverTheTrackerSaysOfExceptions() {
        breaker.reconfigure(breaker.config().toBuilder()
                .tracker("typeOf(java.io.IOException)")
                .build());
        server.answers(500);

        assertThat(catchThrowable(() -> restClient().get(server.url()))).isNotNull();

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
    }

    @Test
    void eachAttemptOfARetryIsSeenWhereTheRetryStandsOutside() {
        server.answers(503);
        ClientHttpRequestInterceptor twice = (request, body, execution) -> {
            execution.execute(request, body).close();
            return execution.execute(request, body);
        };
        RestClient client = RestClient.builder()
                .requestInterceptor(twice)
                .requestInterceptor(CircuitBreakerHttpInterceptor.of(breaker))
                .build();

        assertThat(catchThrowable(
                        () -> client.get().uri(server.url()).retrieve().toBodilessEntity()))
                .isNotNull();

        assertThat(breaker.snapshot().totals().failed()).isEqualTo(2);
    }

    @Test
    void twoInterceptorsOfOneBreakerCountACallOnce() {
        RestClient client = RestClient.builder()
                .requestInterceptor(CircuitBreakerHttpInterceptor.of(breaker))
                .requestInterceptor(CircuitBreakerHttpInterceptor.of(breaker))
                .build();

        client.get().uri(server.url()).retrieve().toBodilessEntity();
        client.get().uri(server.url()).retrieve().toBodilessEntity();

        assertThat(breaker.snapshot().totals().succeeded()).isEqualTo(2);
    }

    @Test
    void aRejectionFromInsideIsNoFailure() {
        CircuitBreaker inner = CircuitBreaker.of("inner", CircuitBreakerConfig.ofDefaults(), time);
        inner.forceOpen();
        RestClient client = RestClient.builder()
                .requestInterceptor(CircuitBreakerHttpInterceptor.of(breaker))
                .requestInterceptor(CircuitBreakerHttpInterceptor.of(inner))
                .build();

        assertThatExceptionOfType(CallNotPermittedException.class)
                .isThrownBy(() -> client.get().uri(server.url()).retrieve().toBodilessEntity())
                .returns("inner", CallNotPermittedException::circuitBreakerName);

        assertThat(breaker.snapshot().totals().ignored()).isEqualTo(1);
    }

    @Test
    void aResponseThatCannotTellItsStatusIsAFailureAndIsClosed() {
        BrokenResponse response = new BrokenResponse();
        RestClient client = RestClient.builder()
                .requestInterceptor(CircuitBreakerHttpInterceptor.of(breaker))
                .requestInterceptor((request, body, execution) -> response)
                .build();

        assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() -> client.get().uri(server.url()).retrieve().toBodilessEntity())
                .withCauseInstanceOf(IOException.class);

        assertThat(response.closed).isTrue();
        assertThat(breaker.snapshot().totals().failed()).isEqualTo(1);
    }

    private Client restClient() {
        return client(clients().findFirst().orElseThrow().getPayload());
    }

    private Client client(BiFunction<ClientHttpRequestInterceptor, SimpleClientHttpRequestFactory, Client> kind) {
        SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
        requests.setReadTimeout(Duration.ofMillis(500));
        return kind.apply(CircuitBreakerHttpInterceptor.of(breaker), requests);
    }
}
