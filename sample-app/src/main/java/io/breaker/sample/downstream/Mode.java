package io.breaker.sample.downstream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a service answers. */
enum Mode {
    /** As it should. */
    HEAL,
    /** With 500, at once. */
    FAIL,
    /** As it should, but late. */
    SLOW;

    /** Finds a mode by its text, as it stands in URLs. */
    static Optional<Mode> find(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(text))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
