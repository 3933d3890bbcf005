package io.breaker.expression;

import java.util.function.Function;

/** The value of one argument, as written in a text. */
record Argument(String expression, Token value) {

    /** Reads the value; what the reader refuses is a fault at the value. */
    <R> R read(Function<? super String, ? extends R> reader) {
        try {
            return reader.apply(value.text());
        } catch (IllegalArgumentException refusal) {
            throw ExpressionException.refused(expression, value.start(), refusal);
        }
    }
}
