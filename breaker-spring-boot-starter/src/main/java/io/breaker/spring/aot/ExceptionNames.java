package io.breaker.spring.aot;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the names of exception classes in the text of expressions. The text is not parsed: it may use rules that are beans,
 * and what is wrong with it is said when the application starts.
 */
final class ExceptionNames {

    private static final Pattern TERM = Pattern.compile("\\b(?:typeOf|causedBy)\\s*\\(([^()]*)\\)");

    private static final Pattern SEPARATOR = Pattern.compile("\\s*,\\s*");

    private ExceptionNames() {}

    /** Gives the names in the order in which they stand there; none where the text is no expression about exceptions. */
    static Set<String> in(String expression) {
        Set<String> names = new LinkedHashSet<>();
        TERM.matcher(expression)
                .results()
                .forEach(term -> SEPARATOR
                        .splitAsStream(term.group(1).strip())
                        .filter(name -> !name.isEmpty())
                        .forEach(names::add));
        return names;
    }
}
