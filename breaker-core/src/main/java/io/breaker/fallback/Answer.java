package io.breaker.fallback;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a fallback answers to one type of exception. Immutable.
 *
 * @param <T> the type of the result
 */
sealed interface Answer<T extends @Nullable Object> {

    /** The type of exception it is for. */
    Class<? extends Throwable> type();

    /** Gives the answer on the calling thread. */
    T value(Throwable failure) throws Throwable;

    /** Gives the answer as a stage, or none: then it failed. May throw. */
    @Nullable
    CompletionStage<T> stage(Throwable failure);

    /** An answer that is there when the function returns. */
    record Value<T extends @Nullable Object, X extends Throwable>(
            Class<X> type, Function<? super X, ? extends T> function) implements Answer<T> {

        public Value {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(function, "function");
        }

        @Override
        public T value(Throwable failure) {
            return function.apply(type.cast(failure));
        }

        @Override
        public CompletionStage<T> stage(Throwable failure) {
            return CompletableFuture.completedFuture(value(failure));
        }
    }

    /** An answer that comes later. */
    record Stage<T extends @Nullable Object, X extends Throwable>(
            Class<X> type, Function<? super X, ? extends CompletionStage<T>> function) implements Answer<T> {

        public Stage {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(function, "function");
        }

        @Override
        public T value(Throwable failure) throws Throwable {
            CompletionStage<T> stage = Objects.requireNonNull(stage(failure), "the fallback returned no stage");
            try {
                return stage.toCompletableFuture().get();
            } catch (ExecutionException wrapper) {
                Throwable cause = wrapper.getCause();
                throw cause != null ? cause : wrapper;
            } catch (InterruptedException interruption) {
                // It may come out of a method that declares no such exception: the flag must tell of it.
                Thread.currentThread().interrupt();
                throw interruption;
            }
        }

        @Override
        public CompletionStage<T> stage(Throwable failure) {
            return function.apply(type.cast(failure));
        }
    }
}
