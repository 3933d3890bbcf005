package io.breaker.reactor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One subscription to the source of a call, as policies see it: a stage that ends when the source does. Cancelling the
 * stage cancels the subscription.
 *
 * @param <T> the type of the elements
 */
abstract class Attempt<T> extends CompletableFuture<@Nullable T> implements CoreSubscriber<T> {

    private final Context context;
    /** Keeps what is asked of it until the source gives its subscription, which may be late. */
    private final Operators.DeferredSubscription upstream = new Operators.DeferredSubscription();

    private volatile boolean withoutSource;

    Attempt(ContextView context) {
        this.context = Context.of(context);
    }

    /**
     * Makes the source and subscribes to it.
     *
     * <p>It may run on a thread of nobody's: a scheduler's, or that of the call whose slot this one got. Writing the
     * context, though nothing in it changes, makes Reactor restore the thread-locals of the caller for the supplier too.
     *
     * @return this stage; null where the supplier gave no publisher, which policies take for a failure
     */
    final @Nullable CompletionStage<@Nullable T> subscribeTo(Supplier<? extends @Nullable Publisher<T>> source) {
        Publisher<T> made = Flux.defer(() -> orNone(source.get())).contextWrite(unchanged -> unchanged);
        // As a Publisher: this way Reactor's hooks see the subscription.
        made.subscribe(this);
        return withoutSource ? null : this;
    }

    private Publisher<T> orNone(@Nullable Publisher<T> publisher) {
        if (publisher != null) {
            return publisher;
        }
        withoutSource = true;
        return Flux.empty();
    }

    @Override
    public final Context currentContext() {
        return context;
    }

    @Override
    public final void onSubscribe(Subscription subscription) {
        endingWhatThrows(() -> upstream.set(subscription));
    }

    /** Asks the source for elements. */
    final void ask(long elements) {
        endingWhatThrows(() -> upstream.request(elements));
    }

    /**
     * Ends the call with what the source throws where it is asked for elements: Reactor lets the errors of the virtual
     * machine through, and they must not leave the call open.
     */
    private void endingWhatThrows(Runnable asking) {
        try {
            asking.run();
        } catch (Throwable thrown) {
            if (!completeExceptionally(thrown)) {
                throw thrown;
            }
        }
    }

    /** Stops the source without saying how the call ends. */
    final void stopSource() {
        upstream.cancel();
    }

    final void dropped(T element) {
        Operators.onNextDropped(element, context);
    }

    @Override
    public final void onError(Throwable thrown) {
        if (!completeExceptionally(thrown)) {
            Operators.onErrorDropped(thrown, context);
        }
    }

    @Override
    public final boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            upstream.cancel();
        }
        return cancelled;
    }
}
