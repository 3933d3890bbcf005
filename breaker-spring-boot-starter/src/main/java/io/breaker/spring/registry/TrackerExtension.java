package io.breaker.spring.registry;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.expression.Vocabulary;

/**
 * Adds terms to the language of trackers, and a default that is written in them. Immutable.
 *
 * @param terms the terms
 * @param defaultTracker the tracker of breakers that name none
 */
public record TrackerExtension(Vocabulary<Tracker> terms, Tracker defaultTracker) {}
