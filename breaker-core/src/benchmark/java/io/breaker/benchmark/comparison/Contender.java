package io.breaker.benchmark.comparison;

/** Does the work of a row, and is measured at it. */
public interface Contender {

    /**
     * Names the contender, within its row.
     *
     * @return the name as it stands in the table
     */
    String name();

    /**
     * Measures once, in a process of its own where that makes a difference.
     *
     * @return what came out; never that of a run whose self-check failed
     * @throws Exception if the work was not done as it should
     */
    Sample measure() throws Exception;

    /**
     * Tells how often to measure.
     *
     * @param wanted how often those are measured that a goal rests on
     * @return at least 1, at most {@code wanted}
     */
    default int rounds(int wanted) {
        return wanted;
    }
}
