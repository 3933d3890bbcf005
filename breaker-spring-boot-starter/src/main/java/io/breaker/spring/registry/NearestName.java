package io.breaker.spring.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Advises which of some names may have been meant. */
public final class NearestName {

    /** More names are not listed: the advice must stay readable. */
    private static final int MAX_LISTED = 40;

    private NearestName() {}

    /**
     * Puts an advice into words.
     *
     * @param kind what the names are, such as {@code beans}
     * @param word what the user wrote
     * @param names the names there are
     * @return the near name, if there is one, and all names unless they are very many
     */
    public static String advice(String kind, String word, Collection<String> names) {
        if (names.isEmpty()) {
            return "There are no " + kind + ".";
        }
        List<String> sorted = names.stream().sorted().toList();
        String all = sorted.size() > MAX_LISTED
                ? "There are " + sorted.size() + " " + kind + "."
                : "Known " + kind + ": " + String.join(", ", sorted) + ".";
        return sorted.stream()
                .filter(name -> distance(word, name) <= Math.max(1, Math.max(word.length(), name.length()) / 3))
                .min(Comparator.comparingInt(name -> distance(word, name)))
                .map(nearest -> "Did you mean '" + nearest + "'? " + all)
                .orElse(all);
    }

    /** Counts the letters to change (Levenshtein distance), upper and lower case alike. */
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
