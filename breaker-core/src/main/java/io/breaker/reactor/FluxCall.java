package io.breaker.reactor;

import io.breaker.policy.Policy;
import io.breaker.retry.Retry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * One subscription to a Flux with policies around it. The policies see each subscription to the source as a stage that
 * ends when the source does; the elements pass them by.
 *
 * @param <T> the type of the elements
 */
final class FluxCall<T> implements Subscription {

    private final CoreSubscriber<T> actual;
    private final List<Policy> policies;
    private final Supplier<? extends @Nullable Publisher<T>> source;

    /*
     * Invariants
     *
     * - Attempts come one after another. One begins only where the one before was withdrawn, so that of all attempts one
     *   at most emits; and none needs to know how much of the demand the ones before have met.
     * - An attempt is written to `attempt` before it reads `demand`; demand is added to before `attempt` is read. So one
     *   of the two sees the other.
     * - `cancelled` turns to true before `attempt` and `returned` are read; who writes one of those reads `cancelled`
     *   afterwards. So nothing goes on that the caller gave up.
     * - Signals to `actual` may meet, the end from a timer and an element from the source: `actual` serializes them.
     */
    private final AtomicLong demand = new AtomicLong();

    private volatile @Nullable FluxAttempt<T> attempt;
    private volatile @Nullable CompletionStage<@Nullable T> returned;
    private volatile boolean cancelled;

    /** Makes a call for a subscriber that stands signals from two threads. */
    FluxCall(CoreSubscriber<T> actual, List<Policy> policies, Supplier<? extends @Nullable Publisher<T>> source) {
        this.actual = actual;
        this.policies = policies;
        this.source = source;
    }

    void start() {
        actual.onSubscribe(this);
        if (cancelled) {
            return;
        }
        CompletionStage<@Nullable T> stage = make();
        returned = stage;
        if (cancelled) {
            giveUp();
        }
        stage.whenComplete(this::ended);
    }

    private CompletionStage<@Nullable T> make() {
        try {
            CompletionStage<@Nullable T> stage = through(0);
            return stage != null ? stage : CompletableFuture.failedFuture(new NullPointerException("no publisher"));
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    /** Makes the call through the policies from one on; they are nested as they stand. */
    private @Nullable CompletionStage<@Nullable T> through(int first) {
        if (first == policies.size()) {
            return attempt();
        }
        Policy policy = policies.get(first);
        Supplier<CompletionStage<@Nullable T>> inner = () -> through(first + 1);
        return policy instanceof Retry retry ? retry.callAsync(inner, this::isRepeatable) : policy.callAsync(inner);
    }

    private @Nullable CompletionStage<@Nullable T> attempt() {
        if (!isRepeatable()) {
            // A policy of the user's makes the call again, which would repeat elements: it stays as it ended.
            return attempt;
        }
        FluxAttempt<T> next = new FluxAttempt<>(this);
        attempt = next;
        if (cancelled) {
            next.cancel(true);
            return next;
        }
        next.askUpTo(demand.get());
        return next.subscribeTo(source);
    }

    private boolean isRepeatable() {
        FluxAttempt<T> before = attempt;
        return before == null || before.withdraw();
    }

    Context context() {
        return actual.currentContext();
    }

    void emit(T element) {
        actual.onNext(element);
    }

    // whenComplete hands null for the exception of a completed stage.
    private void ended(@Nullable T last, @Nullable Throwable thrown) {
        if (cancelled) {
            return;
        }
        if (thrown == null) {
            actual.onComplete();
        } else if (thrown instanceof CompletionException && thrown.getCause() != null) {
            actual.onError(thrown.getCause());
        } else {
            actual.onError(thrown);
        }
    }

    @Override
    public void request(long elements) {
        if (!Operators.validate(elements)) {
            return;
        }
        long total = demand.accumulateAndGet(elements, Operators::addCap);
        FluxAttempt<T> present = attempt;
        if (present != null) {
            present.askUpTo(total);
        }
    }

    @Override
    public void cancel() {
        cancelled = true;
        giveUp();
    }

    /** Ends a call that the caller cancelled: well where it has emitted, else without a verdict. */
    private void giveUp() {
        FluxAttempt<T> present = attempt;
        if (present != null) {
            present.stopSource();
            if (!present.withdraw()) {
                present.endHere();
            }
        }
        CompletionStage<@Nullable T> stage = returned;
        if (stage == null) {
            // A policy is being asked, or the source subscribed to: that thread comes here afterwards.
            return;
        }
        cancel(stage);
        if (present != null) {
            // A policy of the user's need not pass the cancellation on.
            present.cancel(true);
        }
    }

    private static void cancel(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().cancel(true);
        } catch (UnsupportedOperationException notCancellable) {
            // A stage need not allow it.
        }
    }
}
