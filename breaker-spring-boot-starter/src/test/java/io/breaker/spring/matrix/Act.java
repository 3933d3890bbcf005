package io.breaker.spring.matrix;

import io.breaker.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.util.function.Supplier;

/** What the source of one attempt does. */
enum Act {
    VALUE(null),
    /** Ends with a value after as long as the timeout is. */
    SLOW_VALUE(null),
    FAILURE(() -> new IOException("down")),
    IGNORED_FAILURE(() -> new IllegalArgumentException("not ours")),
    ERROR(() -> new AssertionError("broken")),
    /** Ends with what another breaker threw. */
    REJECTION(Act::rejection),
    /** The method throws where others return their source. */
    THROWN_FAILURE(() -> new IOException("not even begun")),
    THROWN_ERROR(() -> new AssertionError("not even begun")),
    /** The method returns null. */
    NOTHING(null),
    /** Does not end by itself; a caller's thread is interrupted. */
    STUCK(null),
    /** Emits, where there is something to emit to, and fails. */
    ELEMENT_THEN_FAILURE(() -> new IOException("half way")),
    /** Emits, and then does not end by itself. */
    ELEMENT_THEN_STUCK(null);

    private final Supplier<Throwable> failure;

    Act(Supplier<Throwable> failure) {
        this.failure = failure;
    }

    private static Throwable rejection() {
        CircuitBreaker other = CircuitBreaker.of("other", settings -> settings);
        other.forceOpen();
        try {
            other.run(() -> {});
            throw new AssertionError("the breaker let a call in");
        } catch (RuntimeException rejected) {
            return rejected;
        }
    }

    boolean isThrown() {
        return this == THROWN_FAILURE || this == THROWN_ERROR;
    }

    boolean endsByItself() {
        return this != STUCK && this != ELEMENT_THEN_STUCK;
    }

    boolean emitsFirst() {
        return this == ELEMENT_THEN_FAILURE || this == ELEMENT_THEN_STUCK;
    }

    boolean fails() {
        return failure != null;
    }

    Throwable failure() {
        return failure.get();
    }
}
