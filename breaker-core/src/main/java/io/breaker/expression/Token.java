package io.breaker.expression;

/** A piece of a text, and the offset at which it starts. */
record Token(Kind kind, String text, int start) {

    /** What a token is. */
    enum Kind {
        /** A name or a value. */
        WORD,
        NOT,
        AND,
        OR,
        OPEN,
        CLOSE,
        COMMA,
        EQUALS,
        /** Stands behind the last token, where the text ends. */
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean joins() {
        return kind == Kind.AND || kind == Kind.OR;
    }

    /** Names the token in a message. */
    @Override
    public String toString() {
        return kind == Kind.END ? "the end of the text" : Quote.of(text);
    }
}
