package io.breaker.pipeline;

import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.policy.Causes;
import io.breaker.policy.Policy;
import io.breaker.timeout.CallTimeoutException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Stands between two policies and counts what passes: how many calls began, and how the policies inside ended them. */
final class Observed implements Policy {

    /** How a call ended. */
    enum End {
        VALUE,
        FAILED,
        TIMED_OUT,
        FULL,
        NOT_PERMITTED,
        CANCELLED;

        static End of(Throwable thrown) {
            Throwable cause = thrown == null ? null : Causes.unwrap(thrown);
            if (cause == null) {
                return VALUE;
            }
            if (cause instanceof CallTimeoutException) {
                return TIMED_OUT;
            }
            if (cause instanceof BulkheadFullException) {
                return FULL;
            }
            if (cause instanceof CallNotPermittedException) {
                return NOT_PERMITTED;
            }
            return cause instanceof CancellationException ? CANCELLED : FAILED;
        }
    }

    private final LongAdder begun = new LongAdder();
    private final Map<End, LongAdder> ends = new EnumMap<>(End.class);

    Observed() {
        for (End end : End.values()) {
            ends.put(end, new LongAdder());
        }
    }

    long begun() {
        return begun.sum();
    }

    long ended() {
        return ends.values().stream().mapToLong(LongAdder::sum).sum();
    }

    long ended(End end) {
        return ends.get(end).sum();
    }

    private void count(Throwable thrown) {
        ends.get(End.of(thrown)).increment();
    }

    @Override
    public <T> T call(Callable<T> call) throws Exception {
        begun.increment();
        T result;
        try {
            result = call.call();
        } catch (Throwable thrown) {
            count(thrown);
            throw thrown;
        }
        count(null);
        return result;
    }

    @Override
    public <T> T get(Supplier<T> call) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void run(Runnable call) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        begun.increment();
        CompletionStage<T> stage = call.get();
        stage.whenComplete((value, thrown) -> {
            // A value that its caller has put there says nothing about the call.
            count(SoakCaller.TAKEN_OVER.equals(value) ? new CancellationException() : thrown);
        });
        return stage;
    }
}
