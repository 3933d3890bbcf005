package io.breaker.spring.matrix;

import java.util.Arrays;
import java.util.stream.Stream;

/** What stands around the call. */
enum Policies {
    ALONE(new String[0]),
    RETRY("retry.max-attempts=2", "retry.jitter=0"),
    BULKHEAD("bulkhead.max-concurrent-calls=1", "bulkhead.queue-capacity=1", "bulkhead.queue-timeout=500ms"),
    TIMEOUT("timeout=2s"),
    /** Without a retry, so that each call is one probe. */
    BULKHEAD_AND_TIMEOUT(BULKHEAD, TIMEOUT),
    ALL(RETRY, BULKHEAD, TIMEOUT);

    private final String[] properties;

    Policies(String... properties) {
        this.properties = properties;
    }

    Policies(Policies... joined) {
        this(Stream.of(joined).flatMap(one -> Arrays.stream(one.properties)).toArray(String[]::new));
    }

    /** Gives the properties of the breaker {@code till}. */
    String[] properties() {
        return Arrays.stream(properties)
                .map(property -> "breaker.instances.till." + property)
                .toArray(String[]::new);
    }
}
