package io.breaker.spring.http;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.OngoingCall;
import io.breaker.spring.registry.CallsUnderWay;
import java.io.IOException;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Guards the calls of a {@code RestClient} or {@code RestTemplate} by a circuit breaker. Safe for concurrent use.
 *
 * <pre>{@code
 * RestClient client = RestClient.builder().requestInterceptor(CircuitBreakerHttpInterceptor.of(breaker)).build();
 * }</pre>
 *
 * <p>The call is settled when the headers of the response are there: by its status, or by the exception that came instead.
 * The caller gets both as they came; what happens while he reads the body does not count. A call that the breaker rejects
 * makes no request: the caller gets a {@link io.breaker.circuitbreaker.CallNotPermittedException}.
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
        HttpGuard guard = new HttpGuard(breaker, FailureStatuses.DEFAULT);
        return new CircuitBreakerHttpInterceptor(target -> guard);
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        HttpGuard guard = guards.of(request.getURI());
        if (guard == null || CallsUnderWay.includes(guard.breaker())) {
            return execution.execute(request, body);
        }
        OngoingCall call = guard.breaker().begin();
        CallsUnderWay.enter(guard.breaker());
        try {
            ClientHttpResponse response = execution.execute(request, body);
            settle(guard, call, response);
            return response;
        } catch (Throwable thrown) {
            call.fail(thrown);
            throw thrown;
        } finally {
            CallsUnderWay.leave();
        }
    }

    /** Nobody else gets to see a response that cannot tell its status: so it is closed here. */
    private static void settle(HttpGuard guard, OngoingCall call, ClientHttpResponse response) throws IOException {
        try {
            guard.settle(call, response.getStatusCode(), response.getHeaders());
        } catch (Throwable thrown) {
            response.close();
            throw thrown;
        }
    }
}
