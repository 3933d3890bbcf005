package io.breaker.expression;

/**
 * Makes a value of one term, such as {@code exponential(10s, jitter=0.1)}.
 *
 * @param <T> what terms stand for
 */
@FunctionalInterface
public interface TermParser<T> {

    /**
     * Makes the value.
     *
     * @param arguments what stands between the parentheses of the term
     * @return the value
     * @throws IllegalArgumentException if the arguments do not fit; the parser adds where: at the argument whose
     *     {@link Parameter} check failed, else at the only argument, else at the name
     */
    T parse(Arguments arguments);
}
