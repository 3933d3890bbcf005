package io.breaker;

import io.breaker.circuitbreaker.cooldown.Cooldown;
import io.breaker.circuitbreaker.permit.Permit;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.circuitbreaker.window.Window;
import io.breaker.expression.ExpressionException;
import io.breaker.expression.Vocabulary;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** The settings that are expressions, for tests that look at all of them. */
enum ExpressionNoun {
    WINDOW(Window::parse, Window::parse, Window.vocabulary(), Window.DEFAULT),
    TRACKER(Tracker::parse, text -> Tracker.parse(text, Documented.TRACKERS), Tracker.vocabulary(), Tracker.DEFAULT),
    TRIPPER(Tripper::parse, text -> Tripper.parse(text, Documented.TRIPPERS), Tripper.vocabulary(), Tripper.DEFAULT),
    COOLDOWN(Cooldown::parse, Cooldown::parse, Cooldown.vocabulary(), Cooldown.DEFAULT),
    PERMIT(Permit::parse, Permit::parse, Permit.vocabulary(), Permit.DEFAULT);

    private final Function<String, ?> plain;
    private final Function<String, ?> documented;
    private final Set<String> names;
    private final Object standard;

    ExpressionNoun(
            Function<String, ?> plain, Function<String, ?> documented, Vocabulary<?> vocabulary, Object standard) {
        this.standard = standard;
        this.plain = plain;
        this.documented = documented;
        this.names = vocabulary.names();
    }

    /** Finds the noun of a setting. */
    static ExpressionNoun of(String setting) {
        return valueOf(setting.toUpperCase(Locale.ROOT));
    }

    /** Finds the noun to which a term belongs; of two, the first. */
    static ExpressionNoun ofTerm(String term) {
        return Arrays.stream(values())
                .filter(noun -> noun.names.contains(term))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no noun has the term " + term));
    }

    /** Reads a text with the built-in names. */
    Object parse(String text) throws ExpressionException {
        return plain.apply(text);
    }

    /** Reads a text with the names that our documents use, too. */
    Object parseDocumented(String text) throws ExpressionException {
        return documented.apply(text);
    }

    /** Gives the built-in names. */
    Set<String> names() {
        return names;
    }

    /** Gives what a breaker has that names none. */
    Object standard() {
        return standard;
    }

    /** Names that stand in our documents for beans, and for what the starter adds. */
    private static final class Documented {

        static final Vocabulary<Tracker> TRACKERS = Tracker.vocabulary()
                .with("notFound", thrown -> false)
                .withList(
                        "httpStatus",
                        arguments -> Tracker.named("status" + arguments.words().size(), thrown -> true));

        static final Vocabulary<Tripper> TRIPPERS = Tripper.vocabulary().with("peak", context -> false);
    }
}
