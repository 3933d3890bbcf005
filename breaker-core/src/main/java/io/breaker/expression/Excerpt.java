package io.breaker.expression;

/** Shows the line of a text with a caret below the character at fault. */
final class Excerpt {

    /** How much of a long line is shown on either side of the fault. */
    private static final int MAX_SIDE = 60;

    private static final String CUT = "…";

    private Excerpt() {}

    /** Gives two lines: the line at the position, and a caret below it. */
    static String of(String text, int position) {
        int shown = position == text.length() ? visibleEnd(text) : position;
        int lineStart = lineStart(text, shown);
        int lineEnd = lineEnd(text, shown);
        int start = Math.max(lineStart, shown - MAX_SIDE);
        int end = Math.min(lineEnd, shown + MAX_SIDE);
        String before = (start > lineStart ? CUT : "") + text.substring(start, shown);
        String after = text.substring(shown, end) + (end < lineEnd ? CUT : "");
        return before + after + "\n" + blank(before) + "^";
    }

    /** A YAML block ends with a line break; what is missing at its end is missing on its last written line. */
    private static int visibleEnd(String text) {
        int end = text.stripTrailing().length();
        return lineEnd(text, end) == text.length() ? text.length() : end;
    }

    private static int lineStart(String text, int position) {
        int start = position;
        while (start > 0 && !isBreak(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int lineEnd(String text, int position) {
        int end = position;
        while (end < text.length() && !isBreak(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBreak(char character) {
        return character == '\n' || character == '\r';
    }

    /** Tabs stay, so that the caret stands right however wide they are shown. */
    private static String blank(String before) {
        return before.replaceAll("[^\t]", " ");
    }
}
