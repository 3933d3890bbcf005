package io.breaker.policy;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** For policies: takes exceptions apart that machinery wrapped, and joins those that belong together. */
public final class Causes {

    private static final int MAX_SUPPRESSED = 16;

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

    /**
     * Lets what a caller gets tell of a failure before it.
     *
     * <p>Nothing is added to an exception without a stack trace: it was made in advance, and many threads may see it. Nor
     * is more added than 16 in all: an exception that is thrown again and again must not grow without end.
     *
     * @param outcome what the caller gets
     * @param earlier what failed before; not added where it is the outcome itself
     */
    public static void suppress(Throwable outcome, Throwable earlier) {
        if (outcome != earlier
                && outcome.getStackTrace().length > 0
                && outcome.getSuppressed().length < MAX_SUPPRESSED) {
            outcome.addSuppressed(earlier);
        }
    }
}
