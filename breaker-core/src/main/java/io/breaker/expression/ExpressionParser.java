package io.breaker.expression;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Reads expressions: terms, joined by the operators that make sense for what they stand for.
 *
 * <pre>{@code
 * expression = operand { "&" operand } | operand { "|" operand }
 * operand    = "!" operand | "(" expression ")" | term
 * term       = name [ "(" [ argument { "," argument } ] ")" ]
 * argument   = [ name "=" ] value
 * }</pre>
 *
 * <p>There is no precedence: {@code a & b | c} is a fault at the {@code |}, as in Spring's profile expressions. Blanks
 * and line breaks separate and mean nothing else. A text has at most 10 000 characters, and {@code !} and parentheses
 * nest at most 100 deep; so every text gives a value or an {@link ExpressionException}.
 *
 * <p>Immutable.
 *
 * @param <T> what expressions stand for
 */
public final class ExpressionParser<T> {

    private final Vocabulary<T> vocabulary;
    private final Operators<T> operators;

    private ExpressionParser(Vocabulary<T> vocabulary, Operators<T> operators) {
        this.vocabulary = vocabulary;
        this.operators = operators;
    }

    /**
     * Gives a parser of single terms.
     *
     * @param vocabulary the terms
     * @param <T> what terms stand for
     * @return the parser
     */
    public static <T> ExpressionParser<T> of(Vocabulary<T> vocabulary) {
        return new ExpressionParser<>(vocabulary, new Operators<>(null, null, null));
    }

    /**
     * Gives a parser of terms joined by {@code &}.
     *
     * @param vocabulary the terms
     * @param and what {@code &} does
     * @param <T> what terms stand for
     * @return the parser
     */
    public static <T> ExpressionParser<T> of(Vocabulary<T> vocabulary, BinaryOperator<T> and) {
        return new ExpressionParser<>(vocabulary, new Operators<>(and, null, null));
    }

    /**
     * Gives a parser of terms joined by {@code &}, {@code |} and {@code !}.
     *
     * @param vocabulary the terms
     * @param and what {@code &} does
     * @param or what {@code |} does
     * @param not what {@code !} does
     * @param <T> what terms stand for
     * @return the parser
     */
    public static <T> ExpressionParser<T> of(
            Vocabulary<T> vocabulary, BinaryOperator<T> and, BinaryOperator<T> or, UnaryOperator<T> not) {
        return new ExpressionParser<>(vocabulary, new Operators<>(and, or, not));
    }

    /**
     * Reads an expression.
     *
     * @param text any text
     * @return what it stands for
     * @throws ExpressionException if the text is no expression
     */
    public T parse(String text) {
        return new Descent<>(text, vocabulary, operators).parse();
    }
}
