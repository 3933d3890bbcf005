package io.breaker.expression;

import java.util.List;
import java.util.stream.Stream;

/**
 * An expression of several parts, joined by one operator. A part that is itself a composite stands in parentheses: the
 * grammar has no precedence between operators.
 *
 * @param <T> the kind of the parts
 */
public interface Composite<T extends Expression> extends Expression {

    /**
     * Gives the parts in the order in which they were written.
     *
     * @return the parts, unmodifiable
     */
    List<T> parts();

    /**
     * Gives the operator between the parts.
     *
     * @return {@code &} or {@code |}
     */
    String operator();

    @Override
    default String text() {
        StringBuilder text = new StringBuilder();
        for (T part : parts()) {
            text.append(text.isEmpty() ? "" : " " + operator() + " ").append(operandText(part));
        }
        return text.toString();
    }

    /**
     * Gives the text of an expression as an operator takes it.
     *
     * @param operand what stands beside an operator
     * @return its text, in parentheses if it is a composite
     */
    static String operandText(Expression operand) {
        return operand instanceof Composite ? "(" + operand.text() + ")" : operand.text();
    }

    /**
     * Lines up the parts of two operands, so that {@code (a & b) & c} and {@code a & (b & c)} have the same parts.
     *
     * @param kind the composite whose parts are taken out of it; any other operand is one part
     * @param first the left operand
     * @param second the right operand
     * @param <T> the kind of the parts
     * @return the parts, unmodifiable
     */
    static <T extends Expression> List<T> flatten(Class<? extends Composite<T>> kind, T first, T second) {
        return Stream.of(first, second)
                .flatMap(operand -> kind.isInstance(operand) ? kind.cast(operand).parts().stream() : Stream.of(operand))
                .toList();
    }
}
