package io.breaker.expression;

import io.breaker.expression.Token.Kind;

/** Reads the terms of one text: a name and what follows in parentheses. Not safe for concurrent use. */
final class TermReader<T> {

    private final String text;
    private final Tokenizer tokens;
    private final Vocabulary<T> vocabulary;

    TermReader(String text, Tokenizer tokens, Vocabulary<T> vocabulary) {
        this.text = text;
        this.tokens = tokens;
        this.vocabulary = vocabulary;
    }

    T read() {
        Token name = tokens.next();
        if (!name.is(Kind.WORD)) {
            String problem = "expected a name but found " + name;
            throw ExpressionException.missingName(text, name.start(), problem, vocabulary.names());
        }
        Term<? extends T> term = vocabulary
                .find(name.text())
                .orElseThrow(() -> ExpressionException.unknownName(text, name, "name", vocabulary.names()));
        Arguments arguments = new ArgumentsReader(text, tokens, term).read();
        try {
            return term.parser().parse(arguments);
        } catch (IllegalArgumentException refusal) {
            throw located(refusal, name, arguments);
        }
    }

    private ExpressionException located(IllegalArgumentException refusal, Token name, Arguments arguments) {
        if (refusal instanceof ExpressionException fault && fault.expression().equals(text)) {
            return fault;
        }
        return ExpressionException.refused(text, arguments.positionOf(refusal).orElse(name.start()), refusal);
    }
}
