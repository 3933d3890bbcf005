package io.breaker.spring.registry;

import java.util.function.BiFunction;

/** Says what may be the name of a breaker. */
final class BreakerNames {

    private BreakerNames() {}

    /**
     * Checks a name.
     *
     * @param fault makes of a problem and an action what is thrown
     */
    static void check(String name, BiFunction<String, String, ? extends RuntimeException> fault) {
        if (name.isBlank()) {
            throw fault.apply("a circuit breaker must have a name", "Give it a name.");
        }
        if (name.contains("/")) {
            // The name is one segment of the endpoint's path.
            throw fault.apply("the name of a circuit breaker must not contain '/': " + name, "Change the name.");
        }
    }
}
