package io.breaker.pipeline;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.fallback.Fallback;
import io.breaker.policy.CallRejectedException;
import io.breaker.policy.Policy;
import io.breaker.retry.Retry;
import io.breaker.timeout.Timeout;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Puts policies around a call, always in one order, whatever the order they are given in:
 *
 * <pre>{@code Fallback ( Retry ( CircuitBreaker ( Bulkhead ( Timeout ( call )))))}</pre>
 *
 * <p>So every attempt passes the breaker, a timeout is a failure, and a rejection ({@link CallRejectedException}) is
 * neither recorded nor retried, but answered by the fallback. Policies of the user's own stand outside the retry
 * ({@link Builder#around}) or directly around the call ({@link Builder#inside}).
 *
 * <pre>{@code
 * Pipeline payments = Pipeline.builder("payments").circuitBreaker(breaker).timeout(timeout).build();
 * Receipt receipt = payments.call(() -> client.charge(order), Fallback.of(Receipt.PENDING));
 * }</pre>
 *
 * <p>The fallback knows the type of the result, so it is given with each call. Immutable; safe for concurrent use.
 */
public final class Pipeline implements Policy {

    private final String name;
    private final List<Policy> policies;
    private final Policy nested;

    /** How many calls of this pipeline a fallback answered; added to by the fallbacks that are given with the calls. */
    private final LongAdder fallbacks = new LongAdder();

    private Pipeline(Builder builder) {
        name = builder.name;
        policies = builder.policies();
        nested = Nested.of(policies);
    }

    /**
     * Starts without policies.
     *
     * @param name what the pipeline is called; not blank
     * @return a new builder
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /**
     * Names the pipeline.
     *
     * @return the name it was made with
     */
    public String name() {
        return name;
    }

    /**
     * Gives the policies in the order in which a call meets them.
     *
     * @return outermost first; the fallback is none of them
     */
    public List<Policy> policies() {
        return policies;
    }

    /**
     * Finds a policy by its type.
     *
     * @param type such as {@code CircuitBreaker.class}
     * @param <P> the type
     * @return the outermost policy of that type; empty without one. A retry that has its tracker from the breaker is not
     *     the object that the pipeline was made with, but has the same settings, counts and listeners.
     */
    public <P extends Policy> Optional<P> find(Class<P> type) {
        return policies.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /**
     * Counts the calls that a fallback answered.
     *
     * @return the count since the pipeline was made
     */
    public long fallbacks() {
        return fallbacks.sum();
    }

    @Override
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        return nested.call(call);
    }

    /**
     * Makes a call on the calling thread, and answers what comes out of it.
     *
     * @param call what to call
     * @param fallback answers a failure, a rejection, a timeout
     * @param <T> the type of the result
     * @return what the call returned, or the answer
     * @throws Exception what came out if the fallback is not for it, else what the fallback threw
     */
    public <T extends @Nullable Object> T call(Callable<T> call, Fallback<T> fallback) throws Exception {
        return counting(fallback).call(() -> nested.call(call));
    }

    @Override
    public <T extends @Nullable Object> T get(Supplier<T> call) {
        return nested.get(call);
    }

    /**
     * Makes a call that throws no checked exception on the calling thread, and answers what comes out of it.
     *
     * @param call what to call
     * @param fallback answers a failure, a rejection, a timeout
     * @param <T> the type of the result
     * @return what the call returned, or the answer
     */
    public <T extends @Nullable Object> T get(Supplier<T> call, Fallback<T> fallback) {
        return counting(fallback).get(() -> nested.get(call));
    }

    @Override
    public void run(Runnable call) {
        nested.run(call);
    }

    @Override
    public <T extends @Nullable Object> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        return nested.callAsync(call);
    }

    /**
     * Makes a call whose result comes later, and answers its failure. Never throws.
     *
     * @param call what to call; returns the stage that ends when the call ends
     * @param fallback answers a failure, a rejection, a timeout
     * @param <T> the type of the result
     * @return a stage that ends like the call, or like the answer
     */
    public <T extends @Nullable Object> CompletionStage<T> callAsync(
            Supplier<? extends CompletionStage<T>> call, Fallback<T> fallback) {
        return counting(fallback).callAsync(() -> nested.callAsync(call));
    }

    /**
     * For policies: counts the answers of a fallback that is used beside this pipeline among its {@link #fallbacks}.
     *
     * @param fallback answers what comes out of the pipeline
     * @param <T> the type of the result
     * @return a fallback that is the given one, with its counts and listeners
     */
    public <T extends @Nullable Object> Fallback<T> counting(Fallback<T> fallback) {
        return fallback.counting(fallbacks);
    }

    @Override
    public String toString() {
        return policies.stream()
                .map(Object::toString)
                .collect(Collectors.joining(" > ", "Pipeline '" + name + "': ", ""));
    }

    /** Collects policies. Not safe for concurrent use. */
    public static final class Builder {

        private final String name;
        private final List<Policy> around = new ArrayList<>();
        private final List<Policy> inside = new ArrayList<>();
        private @Nullable Retry retry;
        private @Nullable CircuitBreaker circuitBreaker;
        private @Nullable Bulkhead bulkhead;
        private @Nullable Timeout timeout;

        private Builder(String name) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("name must not be blank: '" + name + "'");
            }
            this.name = name;
        }

        /**
         * Sets the retry. Where its settings do not say which failures it is for, it retries what the breaker of the
         * pipeline tracks.
         *
         * @param retry stands outside the breaker
         * @return this builder
         */
        public Builder retry(Retry retry) {
            this.retry = Objects.requireNonNull(retry, "retry");
            return this;
        }

        /**
         * Sets the circuit breaker.
         *
         * @param circuitBreaker stands outside the bulkhead
         * @return this builder
         */
        public Builder circuitBreaker(CircuitBreaker circuitBreaker) {
            this.circuitBreaker = Objects.requireNonNull(circuitBreaker, "circuitBreaker");
            return this;
        }

        /**
         * Sets the bulkhead.
         *
         * @param bulkhead stands outside the timeout, whose clock starts when the bulkhead has let the call in
         * @return this builder
         */
        public Builder bulkhead(Bulkhead bulkhead) {
            this.bulkhead = Objects.requireNonNull(bulkhead, "bulkhead");
            return this;
        }

        /**
         * Sets the timeout of one attempt.
         *
         * @param timeout stands inside every policy but those given to {@link #inside}
         * @return this builder
         */
        public Builder timeout(Timeout timeout) {
            this.timeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Adds policies outside the retry.
         *
         * @param policies outermost first; they stand inside those that were added before
         * @return this builder
         */
        public Builder around(Policy... policies) {
            around.addAll(List.of(policies));
            return this;
        }

        /**
         * Adds policies directly around the call.
         *
         * @param policies outermost first; they stand inside those that were added before
         * @return this builder
         */
        public Builder inside(Policy... policies) {
            inside.addAll(List.of(policies));
            return this;
        }

        /**
         * Makes the pipeline.
         *
         * @return a new pipeline; without any policy it makes the call and nothing else
         */
        public Pipeline build() {
            return new Pipeline(this);
        }

        private List<Policy> policies() {
            // The retry asks for the tracker at each failure: the breaker may be given another one.
            CircuitBreaker breaker = circuitBreaker;
            Retry retrying = retry == null || breaker == null
                    ? retry
                    : retry.withDefaultTracker(
                            failure -> breaker.config().tracker().tracks(failure));
            List<Policy> ordered = new ArrayList<>(around);
            for (Policy policy : new @Nullable Policy[] {retrying, breaker, bulkhead, timeout}) {
                if (policy != null) {
                    ordered.add(policy);
                }
            }
            ordered.addAll(inside);
            return List.copyOf(ordered);
        }
    }
}
