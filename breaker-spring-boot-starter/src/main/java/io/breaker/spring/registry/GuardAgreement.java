package io.breaker.spring.registry;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks that methods that share a breaker do not give it different settings. */
final class GuardAgreement {

    private final Vocabularies vocabularies;

    GuardAgreement(Vocabularies vocabularies) {
        this.vocabularies = vocabularies;
    }

    /**
     * Compares a method with those before it. An attribute that is left out agrees with everything, and expressions that
     * are written differently but mean the same agree.
     *
     * @throws BreakerConfigurationException if an attribute differs
     */
    void check(List<Guard> earlier, Guard guard) {
        for (Guard other : earlier) {
            check("config", Guard::config, word -> word, other, guard);
            check("tracker", Guard::tracker, vocabularies::tracker, other, guard);
            check("tripper", Guard::tripper, vocabularies::tripper, other, guard);
            check("resultTracker", Guard::resultTracker, word -> word, other, guard);
        }
    }

    private static void check(
            String attribute,
            Function<Guard, @Nullable String> reader,
            Function<String, ?> meaning,
            Guard one,
            Guard other) {
        String first = reader.apply(one);
        String second = reader.apply(other);
        if (first == null || second == null || Objects.equals(meaning.apply(first), meaning.apply(second))) {
            return;
        }
        String problem = "two methods give circuit breaker '" + one.name() + "' different settings:\n" + one.place()
                + ": " + first + "\n" + other.place() + ": " + second;
        throw other.fault(
                attribute, problem, "Write the attribute on one of the methods only, or give them different names.");
    }
}
