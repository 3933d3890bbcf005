package io.breaker.circuitbreaker.window;

import io.breaker.expression.Parameter;

/** The last {@code size} calls. */
record CountWindow(int size) implements Window {

    static final int MAX_SIZE = 1_000_000;

    private static final Parameter SIZE = Parameter.only("count", "size");

    CountWindow {
        SIZE.check(size >= 1 && size <= MAX_SIZE, "must be in [1, " + MAX_SIZE + "]", size);
    }

    @Override
    public WindowCounter newCounter(WindowRules rules, long now, CallTally tally) {
        return new RingCounter(size, rules, tally);
    }

    @Override
    public long capacity() {
        return size;
    }

    @Override
    public boolean readsClock() {
        return false;
    }

    @Override
    public String text() {
        return "count(" + size + ")";
    }

    @Override
    public String toString() {
        return text();
    }
}
