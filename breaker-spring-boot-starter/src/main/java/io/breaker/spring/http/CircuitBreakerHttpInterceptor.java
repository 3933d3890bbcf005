package io.breaker.spring.http;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.spring.registry.CallsUnderWay;
import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Guards the calls of a {@code RestClient} or {@code RestTemplate} by a circuit breaker, and by the retry, the bulkhead and
 * the timeout of the same name where there are some. Safe for concurrent use.
 *
 * <pre>{@code
 * RestClient client = RestClient.builder().requestInterceptor(CircuitBreakerHttpInterceptor.of(breaker)).build();
 * }</pre>
 *
 * <p>The call is settled when the headers of the response are there: by its status, or by the exception that came instead.
 * The caller gets both as they came; what happens while he reads the body does not count. A call that the breaker rejects
 * makes no request: the caller gets a {@link io.breaker.circuitbreaker.CallNotPermittedException}.
 *
 * <p>A retry makes the request again, whatever its method, through the interceptors further inside. The caller gets the
 * response of the last attempt. Where the wait for another attempt is cut short, as by an interrupt, that response has its
 * status and headers, but no body.
 */
public final class CircuitBreakerHttpInterceptor implements ClientHttpRequestInterceptor {

    private final HttpGuards guards;

    CircuitBreakerHttpInterceptor(HttpGuards guards) {
        this.guards = guards;
        CallsUnderWay.watch();
    }

    /**
     * Guards calls by one breaker, for which 5xx and 429 are failures.
     *
     * @param breaker the breaker
     * @return the interceptor
     */
    public static CircuitBreakerHttpInterceptor of(CircuitBreaker breaker) {
        HttpGuard guard = HttpGuard.of(breaker);
        return new CircuitBreakerHttpInterceptor(target -> guard);
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        HttpGuard guard = guards.of(request.getURI());
        if (guard == null) {
            return execution.execute(request, body);
        }
        HttpPolicies policies = guard.policies();
        return CallsUnderWay.includes(policies.breaker())
                ? execution.execute(request, body)
                : new BlockingExchange(guard, policies, request, body, execution).make();
    }
}
