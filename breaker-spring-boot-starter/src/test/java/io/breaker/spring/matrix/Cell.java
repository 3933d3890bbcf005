package io.breaker.spring.matrix;

import java.util.stream.Stream;

/** One call that a row speaks of. */
record Cell(Row row, Policies policies, Way way, boolean orElse, boolean endsAtOnce) {

    static Stream<Cell> of(Row row, Policies policies) {
        return row.ways().stream()
                .flatMap(way -> endings(way, row.outcome())
                        .flatMap(atOnce ->
                                Stream.of(false, true).map(orElse -> new Cell(row, policies, way, orElse, atOnce))));
    }

    /** A source may have ended when the method returns it, and it may end later. A plain method just returns. */
    static Stream<Boolean> endings(Way way, Outcome outcome) {
        if (way == Way.PLAIN) {
            return Stream.of(true);
        }
        return outcome.mayEndAtOnce() ? Stream.of(false, true) : Stream.of(false);
    }

    String expected() {
        return orElse ? row.orElse() : row.caller();
    }

    /** The fallback answers with this word, and nobody else says it. */
    long expectedFallbacks() {
        return expected().endsWith("later") ? 1 : 0;
    }

    /** Whoever caught the interruption has cleared the flag; an answer must not hide it from the caller. */
    boolean leavesInterruptFlag() {
        return orElse && row.caller().equals("InterruptedException");
    }

    @Override
    public String toString() {
        return "%s, %s, %s%s%s"
                .formatted(
                        row.outcome(), policies, way, orElse ? ", or else" : "", endsAtOnce ? ", at once" : ", later");
    }
}
