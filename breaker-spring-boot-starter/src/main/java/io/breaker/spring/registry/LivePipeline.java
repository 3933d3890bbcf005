package io.breaker.spring.registry;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.pipeline.Pipeline;
import io.breaker.policy.Policy;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline of one name, which changes with the settings of the name. Safe for concurrent use.
 */
public final class LivePipeline {

    /*
     * Invariants
     *
     * - Only the catalog changes it, under its lock. Calls read `passage` alone, once each, so that a call goes through
     *   one pipeline from end to end.
     * - What was made is not forgotten when its successor is made: calls may be under way in it, and its counts go on. It
     *   is taken again when the same settings come back, so there is no more of it than there were different settings.
     * - There is one bulkhead at most, which is reconfigured: a second one would let in as many calls again.
     */
    private final List<Retry> retries = new CopyOnWriteArrayList<>();

    private final List<Timeout> timeouts = new CopyOnWriteArrayList<>();
    private final List<Bulkhead> bulkheads = new CopyOnWriteArrayList<>();
    private final Map<Parts, Passage> passages = new ConcurrentHashMap<>();
    private volatile @Nullable Passage passage;
    /** What the next passage consists of, besides the breaker. Guarded by the catalog's lock. */
    private Parts parts = new Parts(null, null, null);

    private final String name;
    private final @Nullable PolicyFactory factory;

    /**
     * Makes a pipeline that calls cannot go through yet.
     *
     * @param factory makes its policies; null for a pipeline without any, not even a breaker
     */
    LivePipeline(String name, @Nullable PolicyFactory factory) {
        this.name = name;
        this.factory = factory;
    }

    /**
     * Tells what a call goes through now.
     *
     * @return the same for all calls until the settings change
     */
    public Passage passage() {
        return Objects.requireNonNull(passage, "asked for before its breaker was registered");
    }

    boolean isNotYetOpen() {
        return passage == null;
    }

    /**
     * Gives the bulkhead.
     *
     * @return empty where none was configured; one that the settings no longer ask for as long as calls are under way in
     *     it
     */
    public Optional<Bulkhead> bulkhead() {
        Optional<Bulkhead> asked = Optional.ofNullable(passage)
                .map(open -> open.pipeline().find(Bulkhead.class))
                .orElseGet(() -> bulkheads.stream().findFirst());
        return asked.or(
                () -> bulkheads.stream().filter(old -> old.activeCalls() > 0).findFirst());
    }

    /** Counts what its policies did. Of fallbacks it knows those that were given with a call in code. */
    PolicyTotals totals() {
        return new PolicyTotals(
                sum(retries, retry -> retry.totals().retries()),
                sum(timeouts, timeout -> timeout.totals().timedOut()),
                sum(passages.values(), open -> open.pipeline().fallbacks()),
                sum(bulkheads, bulkhead -> bulkhead.totals().rejected()));
    }

    /**
     * Makes what policies the settings ask for. Comes before the breaker is registered: who learns of that may ask. A
     * bulkhead that is there already keeps its limits until {@link #follow}.
     */
    void prepare(PipelineConfig config) {
        if (factory != null) {
            parts = new Parts(
                    retry(config.retry(), factory),
                    bulkhead(config.bulkhead(), factory),
                    timeout(config.timeout(), factory));
        }
    }

    /** Lets calls go through what was prepared. */
    void open(CircuitBreaker breaker) {
        passage = passages.computeIfAbsent(parts, wanted -> {
            Pipeline.Builder builder = Pipeline.builder(name);
            Pipeline built = (factory == null ? builder : wanted.around(builder, breaker)).build();
            return new Passage(built, breaker, wanted.retry != null);
        });
    }

    /** With one attempt there is nothing to do for a retry: it would only be one more step for each call. */
    private @Nullable Retry retry(@Nullable RetryConfig wanted, PolicyFactory policies) {
        return wanted == null || wanted.maxAttempts() == 1
                ? null
                : firstIf(retries, made -> isSame(made.config(), wanted), () -> policies.retry(name, wanted));
    }

    private @Nullable Timeout timeout(@Nullable TimeoutConfig wanted, PolicyFactory policies) {
        return wanted == null
                ? null
                : firstIf(timeouts, made -> made.config().equals(wanted), () -> policies.timeout(name, wanted));
    }

    private @Nullable Bulkhead bulkhead(@Nullable BulkheadConfig wanted, PolicyFactory policies) {
        if (wanted == null) {
            return null;
        }
        return firstIf(bulkheads, made -> true, () -> policies.bulkhead(name, wanted));
    }

    /** Gives the bulkhead its limits. That may start calls that have waited for room: no lock must be held. */
    void follow(PipelineConfig config) {
        BulkheadConfig wanted = config.bulkhead();
        if (wanted != null) {
            bulkheads.stream()
                    .filter(bulkhead -> !bulkhead.config().equals(wanted))
                    .forEach(bulkhead -> bulkhead.reconfigure(wanted));
        }
    }

    private static boolean isSame(RetryConfig one, RetryConfig other) {
        // Trackers are functions; those that print the same are the same here, where all come from one text or bean.
        return one.toString().equals(other.toString());
    }

    private static <P extends Policy> P firstIf(List<P> made, Predicate<P> fits, Supplier<P> maker) {
        return made.stream().filter(fits).findFirst().orElseGet(() -> {
            P next = maker.get();
            made.add(next);
            return next;
        });
    }

    private static <P> long sum(Collection<P> made, ToLongFunction<P> count) {
        return made.stream().mapToLong(count).sum();
    }

    /** The policies beside the breaker. */
    private record Parts(
            @Nullable Retry retry,
            @Nullable Bulkhead bulkhead,
            @Nullable Timeout timeout) {

        Pipeline.Builder around(Pipeline.Builder builder, CircuitBreaker breaker) {
            builder.circuitBreaker(breaker);
            if (retry != null) {
                builder.retry(retry);
            }
            if (bulkhead != null) {
                builder.bulkhead(bulkhead);
            }
            if (timeout != null) {
                builder.timeout(timeout);
            }
            return builder;
        }
    }
}
