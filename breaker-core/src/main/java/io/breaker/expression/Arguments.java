package io.breaker.expression;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The arguments of one term, read by the names of its parameters whether they were written with or without them. Names,
 * number and order were checked before. Immutable.
 *
 * <p>Every method throws {@link ExpressionException} with the position of the value if it cannot be read, or with the
 * position where it would have to stand if it is missing. To ask for a parameter that the {@link Vocabulary} does not
 * list for the term is a programming error and throws {@link IllegalStateException}.
 */
public final class Arguments {

    private final String expression;
    private final Term<?> term;
    private final Map<String, Argument> byParameter;
    private final List<Argument> values;
    private final int end;

    /** Takes the arguments over, and the position of the token that ends them. */
    Arguments(String expression, Term<?> term, Map<String, Argument> byParameter, List<Argument> values, int end) {
        this.expression = expression;
        this.term = term;
        this.byParameter = Map.copyOf(byParameter);
        this.values = List.copyOf(values);
        this.end = end;
    }

    /**
     * Reads a ratio, such as {@code 0.5} or {@code 50%}.
     *
     * @param parameter the name of the parameter
     * @return the ratio, of any size
     */
    public double ratio(String parameter) {
        return read(parameter, Decimals::parseRatio);
    }

    /**
     * Reads a ratio that may be left out.
     *
     * @param parameter the name of the parameter
     * @param otherwise the value if it is left out
     * @return the ratio, of any size
     */
    public double ratio(String parameter, double otherwise) {
        return has(parameter) ? ratio(parameter) : otherwise;
    }

    /**
     * Reads a number that may be left out, such as {@code 2} or {@code 1.5}.
     *
     * @param parameter the name of the parameter
     * @param otherwise the value if it is left out
     * @return the number, of any size
     */
    public double number(String parameter, double otherwise) {
        return has(parameter) ? read(parameter, Decimals::parse) : otherwise;
    }

    /**
     * Reads a whole number, such as {@code 20}.
     *
     * @param parameter the name of the parameter
     * @return the number, of any size
     */
    public int integer(String parameter) {
        return read(parameter, Decimals::parseInteger);
    }

    /**
     * Reads a duration, such as {@code 250ms}, {@code 3s}, {@code 5m}, {@code 1h} or {@code PT3S}.
     *
     * @param parameter the name of the parameter
     * @return the duration, of any length
     */
    public Duration duration(String parameter) {
        return read(parameter, Durations::parse);
    }

    /**
     * Reads a duration that may be left out.
     *
     * @param parameter the name of the parameter
     * @param otherwise the value if it is left out
     * @return the duration, of any length
     */
    public Duration duration(String parameter, Duration otherwise) {
        return has(parameter) ? duration(parameter) : otherwise;
    }

    /**
     * Gives the arguments of a list as they were written, such as {@code 5xx} and {@code 429}.
     *
     * @return the words in their order, at least one
     */
    public List<String> words() {
        return each(word -> word);
    }

    /**
     * Reads the arguments of a list one by one.
     *
     * @param reader makes a value of a word; an {@link IllegalArgumentException} becomes a fault at that word
     * @param <R> the kind of the values
     * @return the values in their order, at least one
     */
    public <R> List<R> each(Function<? super String, ? extends R> reader) {
        if (values.isEmpty()) {
            throw new ExpressionException(expression, end, term.name() + " needs at least one argument");
        }
        return values.stream().<R>map(value -> value.read(reader)).toList();
    }

    /** Tells at which value the fault is that the term found, if that is certain. */
    OptionalInt positionOf(IllegalArgumentException refusal) {
        Argument checked = refusal instanceof Parameter.Fault fault ? byParameter.get(fault.parameter()) : null;
        if (checked != null) {
            return OptionalInt.of(checked.value().start());
        }
        return values.size() == 1 ? OptionalInt.of(values.get(0).value().start()) : OptionalInt.empty();
    }

    private boolean has(String parameter) {
        return find(parameter).isPresent();
    }

    private <R> R read(String parameter, Function<String, R> reader) {
        return find(parameter).orElseThrow(() -> missing(parameter)).read(reader);
    }

    private Optional<Argument> find(String parameter) {
        if (!term.parameters().contains(parameter)) {
            throw new IllegalStateException(term.name() + " has no parameter '" + parameter + "'");
        }
        return Optional.ofNullable(byParameter.get(parameter));
    }

    private ExpressionException missing(String parameter) {
        return new ExpressionException(expression, end, term.name() + " needs the argument '" + parameter + "'");
    }
}
