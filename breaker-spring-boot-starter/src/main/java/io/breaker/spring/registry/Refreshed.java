package io.breaker.spring.registry;

import java.util.List;

/**
 * What came of other properties while the breakers work. Immutable.
 *
 * @param breakers the names of the breakers that were reconfigured, in alphabetical order
 * @param untilRestart the properties that changed, too, but have no effect before the next start, or what they begin with
 */
public record Refreshed(List<String> breakers, List<String> untilRestart) {}
