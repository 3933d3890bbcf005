package io.breaker.spring.registry;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.expression.Vocabulary;
import io.breaker.policy.RetryAfter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Teaches breakers a kind of exception: adds terms to the language of trackers, a default that is written in them, and how
 * to read off such an exception when a next call makes sense. Immutable.
 *
 * @param terms the terms
 * @param defaultTracker the tracker of breakers that name none
 * @param retryAfter gives how long a failure asks to be left alone, or nothing; safe for concurrent use
 */
public record TrackerExtension(
        Vocabulary<Tracker> terms, Tracker defaultTracker, Function<? super Throwable, Optional<Duration>> retryAfter) {

    /**
     * Adds nothing about when a next call makes sense.
     *
     * @param terms the terms
     * @param defaultTracker the tracker of breakers that name none
     */
    public TrackerExtension(Vocabulary<Tracker> terms, Tracker defaultTracker) {
        this(terms, defaultTracker, RetryAfter::askedBy);
    }
}
