package io.breaker.fallback;

import io.breaker.policy.Causes;
import io.breaker.policy.RelayFuture;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a caller gets for an asynchronous call with a fallback: ends like the call, or like the answer to its failure.
 *
 * @param <T> the type of the result
 */
final class AnsweringFuture<T extends @Nullable Object> extends RelayFuture<T> {

    private final Fallback<T> fallback;
    private final Iterator<Answer<T>> answers;

    /** The failure that is being answered; null while the call itself is under way. Steps come one after another. */
    private @Nullable Throwable answering;

    AnsweringFuture(Fallback<T> fallback) {
        this.fallback = fallback;
        this.answers = fallback.answers().iterator();
    }

    void start(Supplier<? extends CompletionStage<T>> call) {
        follow(call);
    }

    @Override
    protected void stepSucceeded(T value) {
        Throwable answered = answering;
        if (answered != null) {
            fallback.answered(answered);
        }
        succeed(value);
    }

    @Override
    protected void stepFailed(Throwable thrown) {
        Throwable failure = Causes.unwrap(thrown);
        Throwable before = answering;
        if (before != null) {
            fallback.failed(before, failure);
        }
        while (answers.hasNext()) {
            Answer<T> answer = answers.next();
            if (answer.type().isInstance(failure)) {
                answering = failure;
                follow(() -> Objects.requireNonNull(answer.stage(failure), "the fallback returned no stage"));
                return;
            }
        }
        fail(thrown);
    }
}
