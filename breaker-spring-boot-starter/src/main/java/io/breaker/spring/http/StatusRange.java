package io.breaker.spring.http;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One argument of {@code httpStatus}: a status such as {@code 429}, or a class of them such as {@code 5xx}.
 *
 * @param first the lowest status
 * @param last the highest status
 */
record StatusRange(int first, int last) {

    private static final Pattern TEXT = Pattern.compile("([1-5])(?:xx|[0-9]{2})");

    /**
     * Reads a range.
     *
     * @throws IllegalArgumentException if the text is neither a status nor a class of them
     */
    static StatusRange parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("status must be 100 to 599, or one of 1xx to 5xx: " + text);
        }
        if (text.endsWith("xx")) {
            int first = Integer.parseInt(matcher.group(1)) * 100;
            return new StatusRange(first, first + 99);
        }
        int status = Integer.parseInt(text);
        return new StatusRange(status, status);
    }

    boolean contains(int status) {
        return first <= status && status <= last;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first / 100 + "xx";
    }
}
