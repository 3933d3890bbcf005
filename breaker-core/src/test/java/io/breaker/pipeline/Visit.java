package io.breaker.pipeline;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request as both of its ends see it: how the server is to answer it, and whether the server works on it.
 *
 * <p>A client that gave up on a request tells the server so, and its call is not over before the server has let go of it.
 * Otherwise the server would still work on calls whose slots are free again, and could not say that a limit was kept.
 */
final class Visit {

    /** How the server answers. */
    enum Answer {
        OK,
        ERROR,
        /** The connection is closed instead. */
        CLOSED
    }

    private enum State {
        EXPECTED,
        PRESENT,
        GONE
    }

    final Answer answer;
    private final Duration latency;
    private final AtomicReference<State> state = new AtomicReference<>(State.EXPECTED);
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    Visit(Answer answer, Duration latency) {
        this.answer = answer;
        this.latency = latency;
    }

    /** The server's end: works on the request. False where the client gave up before it came, or it came twice. */
    boolean serve(Level working) throws IOException {
        if (!state.compareAndSet(State.EXPECTED, State.PRESENT)) {
            return false;
        }
        working.enter();
        try {
            return !abandoned.await(latency.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interruption) {
            throw new IOException(interruption);
        } finally {
            working.exit();
            state.set(State.GONE);
            gone.complete(null);
        }
    }

    /**
     * The client's end: the call is over, whatever came of it.
     *
     * @return ends when the server does not work on it any more, and never will
     */
    CompletableFuture<Void> leave() {
        if (state.compareAndSet(State.EXPECTED, State.GONE)) {
            gone.complete(null);
        } else {
            abandoned.countDown();
        }
        return gone;
    }
}
