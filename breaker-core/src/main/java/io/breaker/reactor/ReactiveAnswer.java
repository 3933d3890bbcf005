package io.breaker.reactor;

import io.breaker.fallback.Fallback;
import io.breaker.pipeline.Pipeline;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What goes on after a failure, counted at the pipeline. */
final class ReactiveAnswer {

    private ReactiveAnswer() {}

    /** Asks a fallback, on the thread that saw the failure. */
    static <T> Function<Throwable, Mono<T>> of(Pipeline pipeline, Fallback<T> fallback) {
        Fallback<T> counting = pipeline.counting(Objects.requireNonNull(fallback, "fallback"));
        return failure -> Mono.fromFuture(answered(counting, failure).toCompletableFuture());
    }

    /**
     * Asks a function for the publisher that goes on. It has answered with its first element, or when it completes; where
     * it fails before that, its failure carries the one that it was to answer, unless it is that one.
     */
    static <T> Function<Throwable, Flux<T>> of(
            Pipeline pipeline, Function<? super Throwable, ? extends Publisher<? extends T>> function) {
        Objects.requireNonNull(function, "function");
        return failure -> {
            CompletableFuture<Boolean> answer = new CompletableFuture<>();
            Fallback<Boolean> counting = pipeline.counting(Fallback.ofStage(Throwable.class, failed -> answer));
            Supplier<Publisher<T>> source = () -> Flux.from(function.apply(failure));
            CompletionStage<Boolean> counted = answered(counting, failure);
            return Flux.defer(source)
                    .doOnNext(element -> answer.complete(true))
                    .doOnComplete(() -> answer.complete(true))
                    .doOnError(answer::completeExceptionally)
                    .doOnCancel(() -> counted.toCompletableFuture().cancel(true));
        };
    }

    private static <T> CompletionStage<T> answered(Fallback<T> fallback, Throwable failure) {
        return fallback.callAsync(() -> CompletableFuture.failedFuture(failure));
    }
}
