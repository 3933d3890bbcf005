package io.breaker.policy;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** For policies: takes off the wrappers that asynchronous machinery puts around what a call threw. */
public final class Causes {

    private Causes() {}

    /**
     * Takes off every outer {@link CompletionException} and {@link ExecutionException} that has a cause.
     *
     * @param thrown what came out of a stage or future
     * @return what the call itself threw; a wrapper without a cause stands for itself
     */
    public static Throwable unwrap(Throwable thrown) {
        Throwable unwrapped = thrown;
        while (unwrapped instanceof CompletionException || unwrapped instanceof ExecutionException) {
            Throwable cause = unwrapped.getCause();
            if (cause == null) {
                break;
            }
            unwrapped = cause;
        }
        return unwrapped;
    }
}
