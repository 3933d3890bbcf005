package io.breaker.spring.interceptor;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the plain futures of one call: that of its first attempt, and those of later ones and of the fallback.
 * Nothing moves on by itself: whoever looks finds a future done, and with that lets the next one be made.
 */
final class Watch {

    /*
     * Invariants
     *
     * - `watched` is written before `news` is exchanged and told. Who reads `news` first and then `watched` either sees
     *   the newest future or holds news that will be told.
     * - The same goes for the end of the call: it is there before `news` is told of it.
     */
    private final AtomicReference<CompletableFuture<Boolean>> news = new AtomicReference<>(new CompletableFuture<>());

    private volatile @Nullable FoundFuture watched;
    /** Whether the caller has said that a task which is running is to run on. */
    private volatile boolean sparing;

    /** Gives the stage of a future, to end when a look finds it done; null for null. */
    @SuppressWarnings("unchecked") // Nobody looks at the type of the value.
    @Nullable
    CompletionStage<@Nullable Object> on(@Nullable Future<?> source) {
        if (source == null) {
            return null;
        }
        if (source instanceof CompletionStage<?> stage) {
            // It tells when it ends; nobody has to look.
            return (CompletionStage<@Nullable Object>) stage;
        }
        FoundFuture future = FoundFuture.of(source, () -> !sparing);
        watched = future;
        tell();
        return future;
    }

    /** Gives what takes the place of an answer: the stage of a future, and anything else as it is. */
    @Nullable
    Object onAnswer(@Nullable Object answer) {
        return answer instanceof Future<?> future ? on(future) : answer;
    }

    /** Lets tasks that are running run on where they are cancelled: policies on the way there know nothing of tasks. */
    void spare() {
        sparing = true;
    }

    /** Says that there is something to look at. */
    void tell() {
        news.getAndSet(new CompletableFuture<>()).complete(true);
    }

    /** Lets the call go on as far as it goes without waiting. */
    void look() {
        // Each look may bring the next future, done already.
        for (FoundFuture now = watched; now != null && !now.isDone(); now = watched) {
            now.look();
            if (!now.isDone()) {
                return;
            }
        }
    }

    /** Waits for the next step of a call. */
    <X extends Exception> void await(Future<?> end, FoundFuture.Wait<X> wait)
            throws InterruptedException, ExecutionException, X {
        Future<?> told = Objects.requireNonNull(news.get());
        if (end.isDone()) {
            return;
        }
        FoundFuture now = watched;
        if (now != null && !now.isDone()) {
            now.await(wait);
        } else {
            wait.on(told);
        }
    }
}
