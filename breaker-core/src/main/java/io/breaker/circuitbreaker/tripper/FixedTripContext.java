package io.breaker.circuitbreaker.tripper;

import io.breaker.circuitbreaker.window.CallStats;

/** A context of given values. */
record FixedTripContext(CallStats stats, boolean halfOpen, int failureStreak, int successThreshold)
        implements TripContext {}
