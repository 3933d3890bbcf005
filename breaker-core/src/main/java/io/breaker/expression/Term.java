package io.breaker.expression;

import java.util.List;

/**
 * What a vocabulary knows about one name.
 *
 * @param parameters the names of the parameters in their order; none for a list
 * @param list whether the term takes any number of unnamed arguments, at least one
 */
record Term<T>(String name, List<String> parameters, boolean list, TermParser<T> parser) {

    Term {
        parameters = List.copyOf(parameters);
    }
}
