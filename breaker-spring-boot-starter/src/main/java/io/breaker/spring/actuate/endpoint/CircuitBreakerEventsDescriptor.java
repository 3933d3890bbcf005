package io.breaker.spring.actuate.endpoint;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.Transition;
import java.util.List;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What happened at one breaker, as the endpoint shows it. Immutable.
 *
 * @param name the name of the breaker
 * @param calls the last calls that failed or were ignored, newest first; the others too where they are kept
 * @param transitions the last changes of state, newest first
 */
public record CircuitBreakerEventsDescriptor(String name, List<LoggedCall> calls, List<Transition> transitions)
        implements OperationResponseBody {

    static CircuitBreakerEventsDescriptor of(
            CircuitBreaker breaker, List<LoggedCall> calls, int limit, boolean withMessages) {
        return new CircuitBreakerEventsDescriptor(
                breaker.name(),
                calls.stream()
                        .limit(limit)
                        .map(call -> call.shown(withMessages))
                        .toList(),
                breaker.history().transitions().stream().limit(limit).toList());
    }
}
