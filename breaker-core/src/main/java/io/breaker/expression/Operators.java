package io.breaker.expression;

import io.breaker.expression.Token.Kind;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the operators of an expression do; null for an operator that may not be used. */
record Operators<T>(
        @Nullable BinaryOperator<T> and,
        @Nullable BinaryOperator<T> or,
        @Nullable UnaryOperator<T> not) {

    @Nullable
    BinaryOperator<T> joining(Kind kind) {
        return kind == Kind.AND ? and : or;
    }

    /** Tells whether parentheses have anything to group. */
    boolean any() {
        return and != null || or != null || not != null;
    }

    String refusal(Token token) {
        return token + " cannot be used here: "
                + (any() ? "only '&' and parentheses combine" : "only one term may stand here, without operators");
    }
}
