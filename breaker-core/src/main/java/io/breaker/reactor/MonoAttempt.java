package io.breaker.reactor;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.util.context.ContextView;

/**
 * One subscription to the source of a Mono: ends with its value, which goes the way of the stage, through the policies.
 *
 * @param <T> the type of the value
 */
final class MonoAttempt<T> extends Attempt<T> {

    private MonoAttempt(ContextView context) {
        super(context);
    }

    static <T> @Nullable CompletionStage<@Nullable T> begin(
            Supplier<? extends @Nullable Publisher<T>> source, ContextView context) {
        MonoAttempt<T> attempt = new MonoAttempt<>(context);
        attempt.ask(Long.MAX_VALUE);
        return attempt.subscribeTo(source);
    }

    @Override
    public void onNext(T value) {
        if (!complete(value)) {
            dropped(value);
        }
    }

    @Override
    public void onComplete() {
        complete(null);
    }
}
