package io.breaker.reactor;

import io.breaker.fallback.Fallback;
import io.breaker.pipeline.Pipeline;
import io.breaker.policy.Policy;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts policies around a {@link Mono} or {@link Flux}: any {@link Policy}, above all a {@link Pipeline}.
 *
 * <pre>{@code
 * Mono<Receipt> receipt = ReactorPolicies.mono(payments, () -> client.charge(order));
 * Flux<Item> items = client.items().transform(ReactorPolicies.fluxOperator(stock));
 * }</pre>
 *
 * <p><b>Each subscription is a call of its own.</b> The policies are asked when somebody subscribes, and the supplier only
 * after they have let the call in; for a publisher that nobody subscribes to nothing is asked. What the supplier throws
 * is a failure of the call, and so is that it returns null. A retry asks the supplier again.
 *
 * <p><b>How a call ends.</b> A Mono ends with its value, or when it completes without one: the breaker's result tracker
 * then sees null. A Flux ends when it completes; the result tracker sees its last element, or null without any. A call
 * that is cancelled before its first element is neither success nor failure; a Flux that is cancelled after an element,
 * as {@code next()} and {@code take(n)} do, is a success. The call is settled before the subscriber sees its end.
 *
 * <p><b>A bulkhead</b> gives a slot from the subscription to the source until its end or its cancellation. Who waits for
 * one holds no thread, and leaves the queue when it is cancelled.
 *
 * <p><b>A timeout</b> bounds the whole call, from the subscription to the source until its end: for a Flux that includes
 * the time in which its subscriber asks for no elements. At the limit the source is cancelled, and the subscriber gets the
 * {@link io.breaker.timeout.CallTimeoutException}.
 *
 * <p><b>A retry</b> subscribes anew, without a thread during the wait. A Flux that has emitted an element is not retried:
 * its subscriber would see elements twice.
 *
 * <p><b>A fallback</b> answers what comes out of the pipeline, rejections too. A Flux that has emitted elements is
 * continued by those of the fallback. An answer of null completes without an element.
 *
 * <p>The subscriber's {@code Context} reaches every subscription to the source and the fallback, and with Micrometer's
 * automatic context propagation its thread-locals do, also after a retry, a timeout or a wait in the queue, when another
 * thread goes on. Elements of a Flux flow as they are asked for; no policy holds them back. A policy of the user's is
 * asked by {@link Policy#callAsync}: for a Mono with the value, for a Flux with its last element, and what it puts in that
 * element's place is not emitted.
 *
 * <p>Safe for concurrent use.
 */
public final class ReactorPolicies {

    private ReactorPolicies() {}

    /**
     * Puts a policy around a Mono.
     *
     * @param policy what stands around each subscription
     * @param source what to call; asked at each subscription, once the policy lets the call in
     * @param <T> the type of the value
     * @return a Mono that ends like the source, or as the policy says
     */
    public static <T> Mono<T> mono(Policy policy, Supplier<? extends @Nullable Mono<T>> source) {
        Objects.requireNonNull(policy, "policy");
        Objects.requireNonNull(source, "source");
        return Mono.deferContextual(context -> {
            CompletionStage<@Nullable T> stage = policy.callAsync(() -> MonoAttempt.begin(source, context));
            return Mono.fromFuture(stage.toCompletableFuture());
        });
    }

    /**
     * Puts a pipeline around a Mono, and answers what comes out of it.
     *
     * @param pipeline what stands around each subscription
     * @param source what to call; asked at each subscription, once the pipeline lets the call in
     * @param fallback answers a failure, a rejection, a timeout
     * @param <T> the type of the value
     * @return a Mono that ends like the source, or like the answer
     */
    public static <T> Mono<T> mono(
            Pipeline pipeline, Supplier<? extends @Nullable Mono<T>> source, Fallback<T> fallback) {
        return mono(pipeline, source).onErrorResume(ReactiveAnswer.of(pipeline, fallback));
    }

    /**
     * Puts a pipeline around a Mono, and goes on with another one after what comes out of it.
     *
     * @param pipeline what stands around each subscription
     * @param source what to call; asked at each subscription, once the pipeline lets the call in
     * @param fallback gives the Mono to go on with; for a failure that it does not answer, one that fails with it
     * @param <T> the type of the value
     * @return a Mono that ends like the source, or like that of the fallback
     */
    public static <T> Mono<T> mono(
            Pipeline pipeline,
            Supplier<? extends @Nullable Mono<T>> source,
            Function<? super Throwable, ? extends Mono<? extends T>> fallback) {
        Function<Throwable, Flux<T>> answer = ReactiveAnswer.of(pipeline, fallback);
        return mono(pipeline, source)
                .onErrorResume(failure -> answer.apply(failure).singleOrEmpty());
    }

    /**
     * Puts a policy around a Flux.
     *
     * @param policy what stands around each subscription
     * @param source what to call; asked at each subscription, once the policy lets the call in
     * @param <T> the type of the elements
     * @return a Flux with the elements of the source, that ends like it or as the policy says
     */
    public static <T> Flux<T> flux(Policy policy, Supplier<? extends @Nullable Publisher<T>> source) {
        Objects.requireNonNull(source, "source");
        return PolicyFlux.of(flat(policy).toList(), source);
    }

    /**
     * Puts a pipeline around a Flux, and answers what comes out of it.
     *
     * @param pipeline what stands around each subscription
     * @param source what to call; asked at each subscription, once the pipeline lets the call in
     * @param fallback answers a failure, a rejection, a timeout with one last element
     * @param <T> the type of the elements
     * @return a Flux with the elements of the source, that ends like it or with the answer
     */
    public static <T> Flux<T> flux(
            Pipeline pipeline, Supplier<? extends @Nullable Publisher<T>> source, Fallback<T> fallback) {
        return flux(pipeline, source).onErrorResume(ReactiveAnswer.of(pipeline, fallback));
    }

    /**
     * Puts a pipeline around a Flux, and goes on with another one after what comes out of it.
     *
     * @param pipeline what stands around each subscription
     * @param source what to call; asked at each subscription, once the pipeline lets the call in
     * @param fallback gives the publisher to go on with; for a failure that it does not answer, one that fails with it
     * @param <T> the type of the elements
     * @return a Flux with the elements of the source, then perhaps those of the fallback
     */
    public static <T> Flux<T> flux(
            Pipeline pipeline,
            Supplier<? extends @Nullable Publisher<T>> source,
            Function<? super Throwable, ? extends Publisher<? extends T>> fallback) {
        return flux(pipeline, source).onErrorResume(ReactiveAnswer.of(pipeline, fallback));
    }

    /**
     * Gives {@link #mono(Policy, Supplier)} for {@link Mono#transform}. The Mono it is applied to is there already: only
     * its subscription waits for the policy.
     *
     * @param policy what stands around each subscription
     * @param <T> the type of the value
     * @return puts the policy around a Mono
     */
    public static <T> UnaryOperator<Mono<T>> monoOperator(Policy policy) {
        return source -> mono(policy, () -> source);
    }

    /**
     * Gives {@link #mono(Pipeline, Supplier, Fallback)} for {@link Mono#transform}.
     *
     * @param pipeline what stands around each subscription
     * @param fallback answers a failure, a rejection, a timeout
     * @param <T> the type of the value
     * @return puts pipeline and fallback around a Mono
     */
    public static <T> UnaryOperator<Mono<T>> monoOperator(Pipeline pipeline, Fallback<T> fallback) {
        return source -> mono(pipeline, () -> source, fallback);
    }

    /**
     * Gives {@link #flux(Policy, Supplier)} for {@link Flux#transform}. The Flux it is applied to is there already: only
     * its subscription waits for the policy.
     *
     * @param policy what stands around each subscription
     * @param <T> the type of the elements
     * @return puts the policy around a Flux
     */
    public static <T> UnaryOperator<Flux<T>> fluxOperator(Policy policy) {
        return source -> flux(policy, () -> source);
    }

    /**
     * Gives {@link #flux(Pipeline, Supplier, Fallback)} for {@link Flux#transform}.
     *
     * @param pipeline what stands around each subscription
     * @param fallback answers a failure, a rejection, a timeout with one last element
     * @param <T> the type of the elements
     * @return puts pipeline and fallback around a Flux
     */
    public static <T> UnaryOperator<Flux<T>> fluxOperator(Pipeline pipeline, Fallback<T> fallback) {
        return source -> flux(pipeline, () -> source, fallback);
    }

    /** Takes pipelines apart, so that a retry in one can be told what the subscriber has seen already. */
    private static Stream<Policy> flat(Policy policy) {
        return policy instanceof Pipeline pipeline
                ? pipeline.policies().stream().flatMap(ReactorPolicies::flat)
                : Stream.of(Objects.requireNonNull(policy, "policy"));
    }
}
