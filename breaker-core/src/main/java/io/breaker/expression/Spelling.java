package io.breaker.expression;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody may have meant. */
final class Spelling {

    private Spelling() {}

    /**
     * Finds the known name with the fewest letters to change; upper and lower case are one.
     *
     * @return empty unless two thirds of the longer word are right, or all but one letter of a short one
     */
    static Optional<String> nearest(String word, Collection<String> names) {
        return names.stream()
                .filter(name -> isNear(word, name))
                .min(Comparator.comparingInt(name -> distance(word, name)));
    }

    private static boolean isNear(String word, String name) {
        int tolerance = Math.max(1, Math.max(word.length(), name.length()) / 3);
        // The difference in length is a lower bound, and spares a long word the table.
        return Math.abs(word.length() - name.length()) <= tolerance && distance(word, name) <= tolerance;
    }

    /** Levenshtein distance, one row of the table at a time. */
    private static int distance(String one, String other) {
        String from = one.toLowerCase(Locale.ROOT);
        String to = other.toLowerCase(Locale.ROOT);
        int[] row = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= from.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = diagonal + (from.charAt(line - 1) == to.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(replaced, 1 + Math.min(diagonal, row[column - 1]));
            }
        }
        return row[to.length()];
    }
}
