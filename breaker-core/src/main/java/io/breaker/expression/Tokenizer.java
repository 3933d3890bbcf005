package io.breaker.expression;

import io.breaker.expression.Token.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into tokens, each when it is asked for: the first fault that a reader meets is the one reported. Not safe
 * for concurrent use.
 */
final class Tokenizer {

    /** Far above what a person writes, and low enough that no text takes noticeable time or memory. */
    static final int MAX_LENGTH = 10_000;

    private static final Map<Character, Kind> SYMBOLS = Map.of(
            '!', Kind.NOT,
            '&', Kind.AND,
            '|', Kind.OR,
            '(', Kind.OPEN,
            ')', Kind.CLOSE,
            ',', Kind.COMMA,
            '=', Kind.EQUALS);

    private final String text;
    private int position;
    private @Nullable Token peeked;

    Tokenizer(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionException(text, MAX_LENGTH, "the text is longer than " + MAX_LENGTH + " characters");
        }
        this.text = text;
    }

    /** Reads the next token; behind the last one it is END, however often it is asked for. */
    Token next() {
        Token token = peek();
        peeked = null;
        return token;
    }

    /** Looks at the next token and leaves it there. */
    Token peek() {
        Token token = peeked;
        if (token == null) {
            token = read();
            peeked = token;
        }
        return token;
    }

    private Token read() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        int start = position;
        if (start == text.length()) {
            return new Token(Kind.END, "", start);
        }
        Kind symbol = SYMBOLS.get(text.charAt(start));
        if (symbol != null) {
            position++;
            return new Token(symbol, text.substring(start, position), start);
        }
        return word(start);
    }

    private Token word(int start) {
        while (position < text.length() && Characters.isWordPart(text.codePointAt(position))) {
            position = text.offsetByCodePoints(position, 1);
        }
        if (position == start) {
            throw new ExpressionException(text, start, "unexpected character " + named(text.codePointAt(start)));
        }
        return new Token(Kind.WORD, text.substring(start, position), start);
    }

    /** Spells out what would not be seen, or would spoil the lines of the message. */
    private static String named(int character) {
        boolean visible = Character.isDefined(character)
                && !Character.isISOControl(character)
                && !Character.isIdentifierIgnorable(character)
                && !Character.isSpaceChar(character)
                && Character.getType(character) != Character.SURROGATE;
        return visible ? "'" + Character.toString(character) + "'" : String.format("U+%04X", character);
    }
}
