package io.breaker.spring.registry;

import io.breaker.expression.Spelling;
import java.util.Collection;
import java.util.List;

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
        return Spelling.nearest(word, sorted)
                .map(nearest -> "Did you mean '" + nearest + "'? " + all)
                .orElse(all);
    }
}
