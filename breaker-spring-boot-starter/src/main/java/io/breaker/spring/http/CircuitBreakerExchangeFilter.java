package io.breaker.spring.http;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.OngoingCall;
import io.breaker.spring.registry.CallsUnderWay;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Guards the calls of a {@code WebClient} by a circuit breaker. Safe for concurrent use.
 *
 * <pre>{@code
 * WebClient client = WebClient.builder().filter(CircuitBreakerExchangeFilter.of(breaker)).build();
 * }</pre>
 *
 * <p>The breaker is asked at each subscription: a retry asks it for each attempt. The call is settled when the headers of
 * the response are there, by its status, or by the error that came instead; one that is cancelled before that, as by
 * {@code Mono.timeout}, is neither success nor failure. A call that the breaker rejects makes no request and ends with a
 * {@link io.breaker.circuitbreaker.CallNotPermittedException}.
 */
public final class CircuitBreakerExchangeFilter implements ExchangeFilterFunction {

    private final HttpGuards guards;

    CircuitBreakerExchangeFilter(HttpGuards guards) {
        this.guards = guards;
        CallsUnderWay.watch();
    }

    /**
     * Guards calls by one breaker, for which 5xx and 429 are failures.
     *
     * @param breaker the breaker
     * @return the filter
     */
    public static CircuitBreakerExchangeFilter of(CircuitBreaker breaker) {
        HttpGuard guard = new HttpGuard(breaker, FailureStatuses.DEFAULT);
        return new CircuitBreakerExchangeFilter(target -> guard);
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return Mono.deferContextual(context -> {
            HttpGuard guard = guards.of(request.url());
            Object noted = context.getOrDefault(CallsUnderWay.CONTEXT_KEY, null);
            return guard == null || CallsUnderWay.includes(guard.breaker(), noted)
                    ? next.exchange(request)
                    : guarded(guard, noted, request, next);
        });
    }

    private static Mono<ClientResponse> guarded(
            HttpGuard guard, @Nullable Object noted, ClientRequest request, ExchangeFunction next) {
        OngoingCall call = guard.breaker().begin();
        Mono<ClientResponse> exchange;
        try {
            exchange = next.exchange(request);
        } catch (Throwable thrown) {
            call.fail(thrown);
            throw thrown;
        }
        return exchange.doOnNext(response -> guard.settle(
                        call, response.statusCode(), response.headers().asHttpHeaders()))
                .doOnError(call::fail)
                // What was settled before stays so: this is for an exchange that is cancelled, or brings nothing.
                .doFinally(signal -> call.ignore())
                .contextWrite(
                        context -> context.put(CallsUnderWay.CONTEXT_KEY, CallsUnderWay.with(guard.breaker(), noted)));
    }
}
