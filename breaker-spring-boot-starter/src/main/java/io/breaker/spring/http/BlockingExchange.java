package io.breaker.spring.http;

import io.breaker.circuitbreaker.OngoingCall;
import io.breaker.policy.Policy;
import io.breaker.retry.Retry;
import io.breaker.spring.registry.CallsUnderWay;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.support.HttpRequestWrapper;

/**
 * One call of a blocking client on its way through its policies. The caller gets the response of the last attempt as it
 * came; every other response is closed. Not safe for concurrent use: a call stays on its thread.
 */
final class BlockingExchange {

    private final HttpGuard guard;
    private final HttpPolicies policies;
    private final HttpRequest request;
    private final byte[] body;
    private final ClientHttpRequestExecution execution;

    /** What the attempt under way, or the last one, has brought; null for nothing. */
    private @Nullable ClientHttpResponse response;

    /** What the status of that response means; null where it is no failure. */
    private @Nullable FailedStatusException failure;

    BlockingExchange(
            HttpGuard guard,
            HttpPolicies policies,
            HttpRequest request,
            byte[] body,
            ClientHttpRequestExecution execution) {
        this.guard = guard;
        this.policies = policies;
        this.request = request;
        this.body = body;
        this.execution = execution;
    }

    ClientHttpResponse make() throws IOException {
        Retry retry = policies.retry();
        return retry == null ? attempt(request) : retried(retry);
    }

    private ClientHttpResponse retried(Retry retry) throws IOException {
        try {
            return HttpPolicies.<ClientHttpResponse, IOException>call(retry, this::repeatable);
        } catch (FailedStatusException last) {
            if (last != failure) {
                throw last;
            }
            ClientHttpResponse came = Objects.requireNonNull(response);
            return last.handOver() ? came : new ClosedResponse(came);
        }
    }

    /** Makes one attempt of several: a failed status is an exception then, which the retry can see. */
    private ClientHttpResponse repeatable() throws IOException {
        ClientHttpResponse came = attempt(copyOf(request));
        if (failure != null) {
            failure.hold(came::close);
            throw failure;
        }
        return came;
    }

    private ClientHttpResponse attempt(HttpRequest attempted) throws IOException {
        response = null;
        failure = null;
        OngoingCall call = policies.breaker().begin();
        try {
            Policy inside = policies.inside();
            ClientHttpResponse came = inside == null
                    ? execute(attempted)
                    : HttpPolicies.<ClientHttpResponse, IOException>call(inside, () -> {
                        call.startClock();
                        return execute(attempted);
                    });
            failure = guard.settle(call, came.getStatusCode(), came.getHeaders());
            return came;
        } catch (Throwable thrown) {
            call.fail(thrown);
            // A response that came too late, or cannot tell its status: nobody else gets to see it.
            if (response != null) {
                response.close();
            }
            throw thrown;
        }
    }

    private ClientHttpResponse execute(HttpRequest attempted) throws IOException {
        CallsUnderWay.enter(policies.breaker());
        try {
            ClientHttpResponse came = execution.execute(attempted, body);
            response = came;
            return came;
        } finally {
            CallsUnderWay.leave();
        }
    }

    /** Gives each attempt headers of its own: so an interceptor further inside adds its header to each but once. */
    private static HttpRequest copyOf(HttpRequest request) {
        HttpHeaders headers = new HttpHeaders();
        headers.addAll(request.getHeaders());
        return new HttpRequestWrapper(request) {
            @Override
            public HttpHeaders getHeaders() {
                return headers;
            }
        };
    }
}
