package io.breaker.spring.http;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.spring.registry.CallsUnderWay;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * Guards the calls of a {@code WebClient} by a circuit breaker, and by the retry, the bulkhead and the timeout of the same
 * name where there are some. Safe for concurrent use.
 *
 * <pre>{@code
 * WebClient client = WebClient.builder().filter(CircuitBreakerExchangeFilter.of(breaker)).build();
 * }</pre>
 *
 * <p>The breaker is asked at each subscription: a retry asks it for each attempt. The call is settled when the headers of
 * the response are there, by its status, or by the error that came instead; one that is cancelled before that, as by
 * {@code Mono.timeout}, is neither success nor failure. A call that the breaker rejects makes no request and ends with a
 * {@link io.breaker.circuitbreaker.CallNotPermittedException}.
 *
 * <p>A retry of the same name makes the request again, whatever its method, through the filters further inside. The caller
 * gets the response of the last attempt.
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
        HttpGuard guard = HttpGuard.of(breaker);
        return new CircuitBreakerExchangeFilter(target -> guard);
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return Mono.deferContextual(context -> {
            HttpGuard guard = guards.of(request.url());
            if (guard == null) {
                return next.exchange(request);
            }
            HttpPolicies policies = guard.policies();
            Object noted = context.getOrDefault(CallsUnderWay.CONTEXT_KEY, null);
            return CallsUnderWay.includes(policies.breaker(), noted)
                    ? next.exchange(request)
                    : new ReactiveExchange(guard, policies, noted, request, next).make();
        });
    }
}
