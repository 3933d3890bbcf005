package io.breaker.benchmark.calls;

/** What failing work throws: made once, so that nobody measures how an exception is made. */
public final class WorkFailure extends RuntimeException {

    /** The only one. */
    static final WorkFailure INSTANCE = new WorkFailure();

    private WorkFailure() {
        super("made once");
    }
}
