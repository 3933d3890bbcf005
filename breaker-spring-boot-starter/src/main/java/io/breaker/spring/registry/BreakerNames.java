package io.breaker.spring.registry;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/** Says what may be the name of a breaker, and what a name says of it. */
public final class BreakerNames {

    private static final char FAMILY_END = '@';

    private static final String CHANGE = "Change the name.";

    private BreakerNames() {}

    /**
     * Names the breaker of one member of a family.
     *
     * @param family the name that the settings of all members stand under
     * @param member what the member is called, such as a host
     * @return such as {@code payments@example.com}
     */
    public static String member(String family, String member) {
        return family + FAMILY_END + member;
    }

    /** Names the family of a breaker, whose settings are weaker than its own; empty if it belongs to none. */
    static Optional<String> family(String name) {
        int end = name.indexOf(FAMILY_END);
        return end > 0 ? Optional.of(name.substring(0, end)) : Optional.empty();
    }

    /**
     * Checks a name.
     *
     * @param name the name
     * @param fault makes of a problem and an action what is thrown
     */
    public static void check(String name, BiFunction<String, String, ? extends RuntimeException> fault) {
        if (name.isBlank()) {
            throw fault.apply("a circuit breaker must have a name", "Give it a name.");
        }
        // The name is one segment of the endpoint's path.
        OptionalInt wrong = name.chars()
                .filter(character -> character == '/' || character == '\\' || Character.isISOControl(character))
                .findFirst();
        if (wrong.isPresent()) {
            String shown = name.replaceAll("\\p{Cntrl}", "?");
            throw fault.apply(
                    "the name of a circuit breaker must not contain " + text(wrong.getAsInt()) + ": " + shown, CHANGE);
        }
        if (name.equals(".") || name.equals("..")) {
            throw fault.apply("the name of a circuit breaker must not be a step in a path: " + name, CHANGE);
        }
        if (!name.equals(name.strip())) {
            throw fault.apply(
                    "the name of a circuit breaker must not begin or end with a space: '" + name + "'", CHANGE);
        }
    }

    private static String text(int character) {
        return Character.isISOControl(character) ? "a control character" : "'" + (char) character + "'";
    }
}
