package io.breaker.circuitbreaker.permit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** A context of given values. */
record FixedPermitContext(Duration elapsed, int inFlight, RandomGenerator random) implements PermitContext {}
