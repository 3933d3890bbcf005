package io.breaker.expression;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Says that a text is no expression: what is wrong and where. Immutable.
 *
 * <pre>{@code
 * unknown name 'failurRate'
 * minRequests(20) & failurRate(0.5)
 *                   ^
 * known names: avgLatency, closed, failureCount, failureRate, …
 * did you mean 'failureRate'?
 * }</pre>
 */
public final class ExpressionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String expression;
    private final int position;

    ExpressionException(String expression, int position, String problem) {
        this(expression, position, problem, "", null);
    }

    private ExpressionException(
            String expression, int position, String problem, String help, @Nullable Throwable cause) {
        super(problem + "\n" + Excerpt.of(expression, position) + help, cause);
        this.expression = expression;
        this.position = position;
    }

    /** Makes the fault of a name that is missing. */
    static ExpressionException missingName(String expression, int position, String problem, Collection<String> known) {
        return new ExpressionException(expression, position, problem, list(known), null);
    }

    /** Makes the fault of a name that is none of the known ones, and looks for the one that was meant. */
    static ExpressionException unknownName(String expression, Token name, String kind, Collection<String> known) {
        String meant = Spelling.nearest(name.text(), known)
                .map(nearest -> "\ndid you mean '" + nearest + "'?")
                .orElse("");
        String problem = "unknown " + kind + " " + name;
        return new ExpressionException(expression, name.start(), problem, list(known) + meant, null);
    }

    /** Makes the fault of what somebody else refused, in their words. */
    static ExpressionException refused(String expression, int position, IllegalArgumentException refusal) {
        return new ExpressionException(expression, position, String.valueOf(refusal.getMessage()), "", refusal);
    }

    private static String list(Collection<String> known) {
        return "\nknown names: " + String.join(", ", known);
    }

    /**
     * Gives the whole text.
     *
     * @return the text that was parsed
     */
    public String expression() {
        return expression;
    }

    /**
     * Tells where the fault is.
     *
     * @return the 0-based offset of the first character at fault in {@link #expression()}; its length if something is
     *     missing at the end
     */
    public int position() {
        return position;
    }
}
