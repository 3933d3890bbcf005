package io.breaker.reactor;

import io.breaker.policy.Policy;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * A Flux with policies around it. Immutable.
 *
 * @param <T> the type of the elements
 */
final class PolicyFlux<T> extends Flux<T> {

    private final List<Policy> policies;
    private final Supplier<? extends @Nullable Publisher<T>> source;

    private PolicyFlux(List<Policy> policies, Supplier<? extends @Nullable Publisher<T>> source) {
        this.policies = policies;
        this.source = source;
    }

    /** Puts policies around a source, the first outermost. */
    static <T> Flux<T> of(List<Policy> policies, Supplier<? extends @Nullable Publisher<T>> source) {
        return onAssembly(new PolicyFlux<>(policies, source));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        CoreSubscriber<T> serialized = Operators.serialize(actual);
        new FluxCall<>(serialized, policies, source).start();
    }
}
