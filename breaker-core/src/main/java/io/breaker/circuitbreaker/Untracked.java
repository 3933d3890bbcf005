package io.breaker.circuitbreaker;

/** Says what a call counts as whose exception the tracker does not track. */
public enum Untracked {
    /** Neither success nor failure: the call leaves no trace in the window. The default. */
    IGNORE,
    /** A success: the service answered, if not as hoped. */
    SUCCESS
}
