package io.breaker.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody may have meant. */
public final class Spelling {

    /** Fewer letters begin too many names. */
    private static final int SHORTEST_PREFIX = 3;

    private Spelling() {}

    /**
     * Finds the known name with the fewest letters to change, to add, to leave out or to swap with the next one; upper and
     * lower case are one.
     *
     * @param word what was written
     * @param names the known names
     * @return the nearest name; empty unless two thirds of the longer word are right, or all but one letter of a short one,
     *     or the word is the beginning of one name alone
     */
    public static Optional<String> nearest(String word, Collection<String> names) {
        return names.stream()
                .filter(name -> isNear(word, name))
                .min(Comparator.comparingInt(name -> distance(word, name)))
                .or(() -> begunBy(word, names));
    }

    private static Optional<String> begunBy(String word, Collection<String> names) {
        String beginning = word.toLowerCase(Locale.ROOT);
        List<String> begun = names.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(beginning))
                .toList();
        return word.length() >= SHORTEST_PREFIX && begun.size() == 1 ? Optional.of(begun.get(0)) : Optional.empty();
    }

    private static boolean isNear(String word, String name) {
        int tolerance = Math.max(1, Math.max(word.length(), name.length()) / 3);
        // The difference in length is a lower bound, and spares a long word the table.
        return Math.abs(word.length() - name.length()) <= tolerance && distance(word, name) <= tolerance;
    }

    /** Optimal string alignment distance: Levenshtein's, with two swapped neighbours as one change. */
    private static int distance(String one, String other) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[][] changes = new int[from.length() + 1][to.length() + 1];
        for (int line = 0; line <= from.length(); line++) {
            for (int column = 0; column <= to.length(); column++) {
                changes[line][column] = changes(from, to, line, column, changes);
            }
        }
        return changes[from.length()][to.length()];
    }

    /** Counts the changes that make the beginning of one word into that of the other. */
    private static int changes(String from, String to, int line, int column, int[][] known) {
        if (line == 0 || column == 0) {
            return line + column;
        }
        boolean same = from.charAt(line - 1) == to.charAt(column - 1);
        int least = Math.min(
                known[line - 1][column - 1] + (same ? 0 : 1),
                1 + Math.min(known[line - 1][column], known[line][column - 1]));
        boolean swapped = line > 1
                && column > 1
                && from.charAt(line - 1) == to.charAt(column - 2)
                && from.charAt(line - 2) == to.charAt(column - 1);
        return swapped ? Math.min(least, known[line - 2][column - 2] + 1) : least;
    }
}
