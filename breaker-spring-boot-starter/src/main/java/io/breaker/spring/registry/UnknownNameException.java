package io.breaker.spring.registry;

import java.util.Collection;

/** Says that a setting names something that does not exist. */
final class UnknownNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    /** Makes the exception; {@code kind} says in the plural what {@code known} are the names of. */
    UnknownNameException(String problem, String kind, String word, Collection<String> known) {
        super(problem);
        this.advice = NearestName.advice(kind, word, known);
    }

    /** Makes the exception of one that names something of another kind. */
    UnknownNameException(String problem, String advice, IllegalArgumentException cause) {
        super(problem, cause);
        this.advice = advice;
    }

    /** Gives the near name, if there is one, and the known names. */
    String advice() {
        return advice;
    }
}
