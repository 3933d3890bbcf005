package io.breaker.spring.registry;

import io.breaker.circuitbreaker.CircuitBreaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Knows which breakers have let in the call that is being made, so that what it does through the same breaker is not
 * counted a second time. Safe for concurrent use.
 *
 * <p>It knows nothing until somebody {@linkplain #watch() asks for it}: an application without HTTP clients that are
 * guarded pays one read of a field for each call.
 */
public final class CallsUnderWay {

    /**
     * Under this key the context of a reactive call has a {@code List} of the breakers that let it in; {@link #with}
     * makes it.
     */
    public static final Object CONTEXT_KEY = CallsUnderWay.class.getName();

    /*
     * Invariants
     *
     * - The list of a thread holds the breakers whose call is under way on it, the outermost first: `enter` adds and
     *   `leave` takes off again. It is empty between calls, so it holds on to nothing that belongs to an application; its class
     *   is the JDK's, so neither does it hold on to a class loader.
     * - `watched` goes from false to true once. A call that has begun before that is not known; it ends.
     */
    private static final ThreadLocal<@Nullable List<CircuitBreaker>> ON_THIS_THREAD = new ThreadLocal<>();

    private static volatile boolean watched;

    private CallsUnderWay() {}

    /** Begins to take notes, for good. */
    public static void watch() {
        watched = true;
    }

    /**
     * Tells whether notes are taken.
     *
     * @return whether {@link #enter} and {@link #leave} are to be called
     */
    public static boolean watched() {
        return watched;
    }

    /**
     * Takes note that the calling thread begins to make a call that a breaker has let in.
     *
     * @param breaker the breaker; {@link #leave} takes the note back, whatever comes out of the call
     */
    public static void enter(CircuitBreaker breaker) {
        List<CircuitBreaker> known = ON_THIS_THREAD.get();
        if (known == null) {
            known = new ArrayList<>();
            ON_THIS_THREAD.set(known);
        }
        known.add(breaker);
    }

    /** Takes note that the call has ended that the calling thread entered last. */
    public static void leave() {
        List<CircuitBreaker> known = Objects.requireNonNull(ON_THIS_THREAD.get(), "no call is under way");
        known.remove(known.size() - 1);
    }

    /**
     * Tells whether the calling thread is making a call that a breaker has let in.
     *
     * @param breaker the breaker
     * @return whether a call through it would be counted a second time
     */
    public static boolean includes(CircuitBreaker breaker) {
        List<CircuitBreaker> known = ON_THIS_THREAD.get();
        return known != null && known.contains(breaker);
    }

    /**
     * Tells whether a reactive call was let in by a breaker, or is being subscribed to inside one.
     *
     * @param breaker the breaker
     * @param noted what its context has under {@link #CONTEXT_KEY}; null for nothing
     * @return whether a call through it would be counted a second time
     */
    public static boolean includes(CircuitBreaker breaker, @Nullable Object noted) {
        return includes(breaker) || (noted instanceof List<?> known && known.contains(breaker));
    }

    /**
     * Gives what the context of a reactive call is to have under {@link #CONTEXT_KEY} from a breaker on.
     *
     * @param breaker the breaker that has let it in
     * @param noted what the context has there by now; null for nothing
     * @return an immutable list
     */
    public static List<?> with(CircuitBreaker breaker, @Nullable Object noted) {
        return noted instanceof List<?> known
                ? Stream.concat(known.stream(), Stream.of(breaker)).toList()
                : List.of(breaker);
    }
}
