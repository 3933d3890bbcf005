package io.breaker.spring.http;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.OngoingCall;
import io.breaker.pipeline.Pipeline;
import io.breaker.spring.registry.Passage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/** What guards the HTTP calls of one name. Safe for concurrent use. */
final class HttpGuard {

    private final Supplier<Passage> passages;
    private final FailureStatuses failures;
    /** What the passage of the call before came to: it seldom changes. Two calls may come to the same. */
    private volatile @Nullable HttpPolicies known;

    /**
     * Makes a guard.
     *
     * @param passages tells what a call goes through now
     * @param failures the statuses that the breaker is told of as failures
     */
    HttpGuard(Supplier<Passage> passages, FailureStatuses failures) {
        this.passages = passages;
        this.failures = failures;
    }

    /** Guards by a breaker alone, for which 5xx and 429 are failures. */
    static HttpGuard of(CircuitBreaker breaker) {
        Pipeline alone =
                Pipeline.builder(breaker.name()).circuitBreaker(breaker).build();
        Passage passage = new Passage(alone, breaker, /* repeats= */ false);
        return new HttpGuard(() -> passage, FailureStatuses.DEFAULT);
    }

    /** Tells what the next call is to go through. */
    HttpPolicies policies() {
        Passage passage = passages.get();
        HttpPolicies present = known;
        if (present == null || !present.passage().equals(passage)) {
            present = HttpPolicies.of(passage);
            known = present;
        }
        return present;
    }

    /**
     * Settles a call whose response has come: its status decides, whatever the breaker says of exceptions.
     *
     * @return what the breaker was told of; null for a success
     */
    @Nullable
    FailedStatusException settle(OngoingCall call, HttpStatusCode status, HttpHeaders headers) {
        if (failures.include(status.value())) {
            FailedStatusException failure = new FailedStatusException(status.value(), HttpRetryAfter.in(headers));
            call.failUntracked(failure);
            return failure;
        }
        call.succeed();
        return null;
    }
}
