package io.breaker.spring.http;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.OngoingCall;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * What guards one HTTP call.
 *
 * @param breaker asked before the call, and told how it ended
 * @param failures the statuses that it is told of as failures
 */
record HttpGuard(CircuitBreaker breaker, FailureStatuses failures) {

    /** Settles a call whose response has come: its status decides, whatever the breaker says of exceptions. */
    void settle(OngoingCall call, HttpStatusCode status, HttpHeaders headers) {
        if (failures.include(status.value())) {
            call.failUntracked(new FailedStatusException(status.value(), HttpRetryAfter.in(headers)));
        } else {
            call.succeed();
        }
    }
}
