package io.breaker.circuitbreaker.cooldown;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** A context of given values. */
record FixedCooldownContext(int reopens, Optional<Throwable> lastFailure, RandomGenerator random)
        implements CooldownContext {}
