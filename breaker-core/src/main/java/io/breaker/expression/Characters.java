package io.breaker.expression;

/** Which characters make names and values. */
final class Characters {

    /** What class names, percentages and signed or ISO-8601 numbers have beyond letters and digits. */
    private static final String MARKS = ".%+-";

    private Characters() {}

    static boolean isIdentifier(String name) {
        return !name.isEmpty()
                && Character.isJavaIdentifierStart(name.codePointAt(0))
                && name.codePoints().allMatch(Characters::isIdentifierPart);
    }

    /** Tells whether a character may stand in a name, a class name, a number or a duration. */
    static boolean isWordPart(int character) {
        return isIdentifierPart(character) || MARKS.indexOf(character) >= 0;
    }

    /** Java also takes some control characters into identifiers; nobody could see them in a message. */
    private static boolean isIdentifierPart(int character) {
        return Character.isJavaIdentifierPart(character) && !Character.isIdentifierIgnorable(character);
    }
}
