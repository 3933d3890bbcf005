package io.breaker.reactor;

import io.breaker.policy.Policy;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a policy is put around, where both behave alike. */
enum Kind {
    MONO {
        @Override
        <T> Publisher<T> guard(Policy policy, Supplier<? extends Publisher<T>> source) {
            return ReactorPolicies.mono(policy, () -> {
                Publisher<T> made = source.get();
                return made == null ? null : Mono.from(made);
            });
        }
    },
    FLUX {
        @Override
        <T> Publisher<T> guard(Policy policy, Supplier<? extends Publisher<T>> source) {
            return ReactorPolicies.flux(policy, () -> {
                Publisher<T> made = source.get();
                return made == null ? null : Flux.from(made);
            });
        }
    };

    abstract <T> Publisher<T> guard(Policy policy, Supplier<? extends Publisher<T>> source);
}
