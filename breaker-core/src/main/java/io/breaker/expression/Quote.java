package io.breaker.expression;

/** Quotes pieces of a text in messages. */
final class Quote {

    /** Longer pieces are cut: a message must stay readable whatever the text is. */
    private static final int MAX_LENGTH = 60;

    private Quote() {}

    static String of(String piece) {
        return piece.length() <= MAX_LENGTH ? "'" + piece + "'" : "'" + piece.substring(0, MAX_LENGTH) + "…'";
    }
}
