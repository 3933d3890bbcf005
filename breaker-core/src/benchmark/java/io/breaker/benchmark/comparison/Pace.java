package io.breaker.benchmark.comparison;

/** How much time a contender gets. */
public enum Pace {

    /** A goal rests on it. */
    GOAL(Integer.MAX_VALUE, 1),

    /** A goal rests on it, and there is so much code around the call that the compiler needs seconds for it. */
    LATE_GOAL(Integer.MAX_VALUE, 4),

    /** It gives the reader an idea. */
    REFERENCE(2, 1),

    /** It gives the reader an idea, and there is as much code around the call. */
    LATE_REFERENCE(2, 4);

    private final int mostRounds;
    private final int warmUpFactor;

    Pace(int mostRounds, int warmUpFactor) {
        this.mostRounds = mostRounds;
        this.warmUpFactor = warmUpFactor;
    }

    /**
     * Limits how often somebody is measured.
     *
     * @param wanted how often those are measured that a goal rests on
     * @return at most that
     */
    public int rounds(int wanted) {
        return Math.min(wanted, mostRounds);
    }

    int warmUps(int wanted) {
        return wanted * warmUpFactor;
    }
}
