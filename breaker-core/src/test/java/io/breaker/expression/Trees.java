package io.breaker.expression;

import java.time.Duration;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Composes leaves at random, for properties. */
public final class Trees {

    private static final int MAX_DEPTH = 5;

    private Trees() {}

    /** Gives trees of up to five operators above each leaf. */
    public static <T> Arbitrary<T> of(
            Arbitrary<T> leaves, BinaryOperator<T> and, BinaryOperator<T> or, UnaryOperator<T> not) {
        return Arbitraries.recursive(
                () -> leaves,
                operands -> Arbitraries.oneOf(
                        Combinators.combine(operands, leaves).as(and::apply),
                        Combinators.combine(leaves, operands).as(and::apply),
                        Combinators.combine(operands, operands).as(and::apply),
                        Combinators.combine(operands, leaves).as(or::apply),
                        Combinators.combine(operands, operands).as(or::apply),
                        operands.map(not::apply)),
                0,
                MAX_DEPTH);
    }

    /** Gives lengths from a nanosecond to a few months, most of them round. */
    public static Arbitrary<Duration> durations() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, 10_000_000).map(Duration::ofSeconds),
                Arbitraries.longs().between(1, 10_000).map(Duration::ofMillis),
                Arbitraries.longs().between(1, Long.MAX_VALUE).map(Duration::ofNanos));
    }

    /** Gives ratios in (0.0, 1.0], round and not. */
    public static Arbitrary<Double> ratios() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 100).map(percent -> percent / 100.0),
                Arbitraries.doubles().between(0, false, 1, true));
    }
}
