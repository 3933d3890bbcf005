package io.breaker.expression;

import io.breaker.expression.Token.Kind;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** One run through one text, by recursive descent over the operators. Not safe for concurrent use. */
final class Descent<T> {

    /** Deep enough for every person, and far from the end of the stack. */
    static final int MAX_DEPTH = 100;

    private final String text;
    private final Tokenizer tokens;
    private final TermReader<T> terms;
    private final Operators<T> operators;

    Descent(String text, Vocabulary<T> vocabulary, Operators<T> operators) {
        this.text = text;
        this.tokens = new Tokenizer(text);
        this.terms = new TermReader<>(text, tokens, vocabulary);
        this.operators = operators;
    }

    T parse() {
        T value = expression(0);
        Token rest = tokens.next();
        if (!rest.is(Kind.END)) {
            throw fault(rest, "unexpected " + rest + " after the end of the expression");
        }
        return value;
    }

    private T expression(int depth) {
        T value = operand(depth);
        Kind operator = tokens.peek().kind();
        while (tokens.peek().joins()) {
            Token token = tokens.next();
            BinaryOperator<T> join = operators.joining(token.kind());
            if (join == null) {
                throw fault(token, operators.refusal(token));
            }
            if (!token.is(operator)) {
                throw fault(token, "'&' and '|' stand on one level: put parentheses around one of them");
            }
            value = join.apply(value, operand(depth));
        }
        return value;
    }

    private T operand(int depth) {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case NOT -> negation(depth + 1);
            case OPEN -> group(depth + 1);
            default -> terms.read();
        };
    }

    private T negation(int depth) {
        Token not = tokens.next();
        UnaryOperator<T> negate = operators.not();
        if (negate == null) {
            throw fault(not, operators.refusal(not));
        }
        checkDepth(not, depth);
        return negate.apply(operand(depth));
    }

    private T group(int depth) {
        Token open = tokens.next();
        if (!operators.any()) {
            throw fault(open, operators.refusal(open));
        }
        checkDepth(open, depth);
        T value = expression(depth);
        Token close = tokens.next();
        if (!close.is(Kind.CLOSE)) {
            throw fault(close, "expected ')' but found " + close);
        }
        return value;
    }

    private void checkDepth(Token token, int depth) {
        if (depth > MAX_DEPTH) {
            throw fault(token, "'!' and parentheses are nested more than " + MAX_DEPTH + " deep");
        }
    }

    private ExpressionException fault(Token token, String problem) {
        return new ExpressionException(text, token.start(), problem);
    }
}
