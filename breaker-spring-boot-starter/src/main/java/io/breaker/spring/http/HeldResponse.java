package io.breaker.spring.http;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * The response of one reactive attempt on its way to the caller. He gets it, or it is let go: so its connection comes free
 * also where a retry or a timeout takes the place of the response, or the caller has gone. Safe for concurrent use.
 */
final class HeldResponse {

    private enum End {
        TAKEN,
        DROPPED
    }

    /*
     * Invariants
     *
     * - `state` goes from null to the response and from there to an end, or from null to DROPPED. Who turns the response
     *   into an end has it; who comes with a response after DROPPED lets it go himself. So each is let go once at most.
     */
    private final AtomicReference<@Nullable Object> state = new AtomicReference<>();

    /** Takes note of the response that has come. */
    void hold(ClientResponse response) {
        if (!state.compareAndSet(null, response)) {
            release(response);
        }
    }

    /** Leaves the response to the caller. */
    void take() {
        state.set(End.TAKEN);
    }

    /** Lets go of the response, be it there or still to come; not of one that the caller has. */
    void drop() {
        Object before = state.getAndUpdate(now -> now == End.TAKEN ? now : End.DROPPED);
        if (before instanceof ClientResponse response) {
            release(response);
        }
    }

    /** Lets go of a response that is still to come, because its request was cancelled; one that is there goes its way. */
    void dropIfLate() {
        state.compareAndSet(null, End.DROPPED);
    }

    /** What goes wrong with a response that nobody gets is nobody's business. */
    private static void release(ClientResponse unwanted) {
        unwanted.releaseBody().subscribe(nothing -> {}, ignored -> {});
    }
}
