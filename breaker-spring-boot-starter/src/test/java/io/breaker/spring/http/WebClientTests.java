package io.breaker.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.registry.CallsUnderWay;
import io.breaker.testing.ManualTime;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A breaker around a real {@link WebClient}. */
class WebClientTests {

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
    private final WebClient client = client(CircuitBreakerExchangeFilter.of(breaker));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void serverErrorsOpenTheBreakerAndAnOpenBreakerMakesNoRequest() {
        server.answers(503);
        for (int call = 0; call < 3; call++) {
            assertThatExceptionOfType(WebClientResponseException.ServiceUnavailable.class)
                    .isThrownBy(() -> get().block());
        }

        assertThat(breaker.state()).isEqualTo(CircuitState.OPEN);
        assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> get().block());
        StepVerifier.create(get()).verifyError(CallNotPermittedException.class);
        assertThat(server.requests()).isEqualTo(3);
        assertThat(totals().failed()).isEqualTo(3);
        assertThat(totals().rejected()).isEqualTo(2);
    }

    @Test
    void aResponseThatIsNoFailureIsASuccess() {
        StepVerifier.create(get()).expectNext("answer").verifyComplete();
        server.answers(404);
        StepVerifier.create(get()).verifyError(WebClientResponseException.NotFound.class);

        assertThat(totals().succeeded()).isEqualTo(2);
        assertThat(totals().failed()).isZero();
    }

    @Test
    void aServerThatIsAskedTooOftenIsAFailure() {
        server.answers(429);

        StepVerifier.create(get()).verifyError(WebClientResponseException.TooManyRequests.class);

        assertThat(totals().failed()).isEqualTo(1);
    }

    @Test
    void aRefusedConnectionIsAFailure() {
        StepVerifier.create(client.get()
                        .uri(LoopbackServer.urlOfNobody())
                        .retrieve()
                        .toBodilessEntity())
                .verifyError(WebClientRequestException.class);

        assertThat(totals().failed()).isEqualTo(1);
    }

    @Test
    void aReadThatTakesTooLongIsAFailure() {
        server.fallsSilent();

        StepVerifier.create(get()).verifyError(WebClientRequestException.class);

        assertThat(totals().failed()).isEqualTo(1);
    }

    @Test
    void theCooldownIsNotShorterThanRetryAfter() {
        server.answers(503).with("Retry-After", "7");
        for (int call = 0; call < 3; call++) {
            assertThat(catchThrowable(() -> get().block())).isNotNull();
        }

        assertThat(breaker.snapshot().retryAfter()).contains(Duration.ofSeconds(7));
    }

    @Test
    void nothingIsAskedForACallThatNobodySubscribesTo() {
        breaker.forceOpen();

        assertThat(get()).isNotNull();

        assertThat(totals().rejected()).isZero();
    }

    @Test
    void eachAttemptOfARetryIsSeen() {
        server.answers(503);

        StepVerifier.create(get().retry(1)).verifyError();

        assertThat(totals().failed()).isEqualTo(2);
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void aCallThatIsCancelledBeforeItsResponseIsNeither() {
        Mono<ClientResponse> guarded = exchangeOf(Mono.never());

        StepVerifier.create(guarded).thenCancel().verify();

        assertThat(totals().ignored()).isEqualTo(1);
    }

    @Test
    void anExchangeThatBringsNoResponseIsNeither() {
        StepVerifier.create(exchangeOf(Mono.empty())).verifyComplete();

        assertThat(totals().ignored()).isEqualTo(1);
    }

    @Test
    void anExchangeThatThrowsIsAFailure() {
        ExchangeFunction broken = request -> {
            throw new IllegalStateException("broken");
        };
        WebClient client = WebClient.builder()
                .exchangeFunction(broken)
                .filter(CircuitBreakerExchangeFilter.of(breaker))
                .build();

        StepVerifier.create(client.get().uri(server.url()).retrieve().toBodilessEntity())
                .verifyErrorMessage("broken");

        assertThat(totals().failed()).isEqualTo(1);
    }

    @Test
    void twoFiltersOfOneBreakerCountACallOnce() {
        WebClient twice =
                client.mutate().filter(CircuitBreakerExchangeFilter.of(breaker)).build();

        StepVerifier.create(twice.get().uri(server.url()).retrieve().toBodilessEntity())
                .expectNextCount(1)
                .verifyComplete();

        assertThat(totals().succeeded()).isEqualTo(1);
    }

    @Test
    void aCallInsideAReactiveCallOfTheSameBreakerIsNotCounted() {
        Mono<String> inside = get().contextWrite(
                        context -> context.put(CallsUnderWay.CONTEXT_KEY, CallsUnderWay.with(breaker, null)));

        StepVerifier.create(inside).expectNext("answer").verifyComplete();

        assertThat(totals().succeeded()).isZero();
    }

    @Test
    void aCallInsideAReactiveCallOfAnotherBreakerIsCounted() {
        CircuitBreaker other = CircuitBreaker.of("orders", CircuitBreakerConfig.ofDefaults());
        Mono<String> inside =
                get().contextWrite(context -> context.put(CallsUnderWay.CONTEXT_KEY, CallsUnderWay.with(other, null)));

        StepVerifier.create(inside).expectNext("answer").verifyComplete();

        assertThat(totals().succeeded()).isEqualTo(1);
    }

    private Mono<String> get() {
        return client.get().uri(server.url()).retrieve().bodyToMono(String.class);
    }

    private Mono<ClientResponse> exchangeOf(Mono<ClientResponse> exchange) {
        return CircuitBreakerExchangeFilter.of(breaker)
                .filter(
                        ClientRequest.create(HttpMethod.GET, URI.create(server.url()))
                                .build(),
                        request -> exchange);
    }

    private CallTotals totals() {
        return breaker.snapshot().totals();
    }

    private static WebClient client(CircuitBreakerExchangeFilter filter) {
        JdkClientHttpConnector connector = new JdkClientHttpConnector();
        connector.setReadTimeout(Duration.ofMillis(500));
        return WebClient.builder().clientConnector(connector).filter(filter).build();
    }
}
