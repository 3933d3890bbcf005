package io.breaker.pipeline;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.OngoingCall;
import io.breaker.policy.Policy;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bulkhead inside a breaker. The latency that the breaker records begins when the bulkhead has let the call in: waiting in
 * our own queue says nothing about the service.
 *
 * <p>A bulkhead without a queue keeps nobody waiting, so its calls need not tell when they begin. The stage of an
 * asynchronous call tells it by itself.
 *
 * @param inner what stands inside the bulkhead
 * @param nested the three, one around the other
 */
record QueuedCalls(CircuitBreaker breaker, Bulkhead bulkhead, Policy inner, Policy nested) implements Policy {

    static QueuedCalls of(CircuitBreaker breaker, Bulkhead bulkhead, Policy inner) {
        return new QueuedCalls(breaker, bulkhead, inner, new Nested(breaker, new Nested(bulkhead, inner)));
    }

    @Override
    public <T extends @Nullable Object> T call(Callable<T> call) throws Exception {
        if (!mayWait()) {
            return nested.call(call);
        }
        OngoingCall ongoing = breaker.begin();
        T result;
        try {
            result = bulkhead.call(() -> {
                ongoing.startClock();
                return inner.call(call);
            });
        } catch (Throwable thrown) {
            ongoing.fail(thrown);
            throw thrown;
        }
        ongoing.returned(result);
        return result;
    }

    // As in the breaker, `get` and `run` repeat the body of `call`: neither may throw what a Callable may.

    @Override
    public <T extends @Nullable Object> T get(Supplier<T> call) {
        if (!mayWait()) {
            return nested.get(call);
        }
        OngoingCall ongoing = breaker.begin();
        T result;
        try {
            result = bulkhead.get(() -> {
                ongoing.startClock();
                return inner.get(call);
            });
        } catch (Throwable thrown) {
            ongoing.fail(thrown);
            throw thrown;
        }
        ongoing.returned(result);
        return result;
    }

    @Override
    public void run(Runnable call) {
        if (!mayWait()) {
            nested.run(call);
            return;
        }
        OngoingCall ongoing = breaker.begin();
        try {
            bulkhead.run(() -> {
                ongoing.startClock();
                inner.run(call);
            });
        } catch (Throwable thrown) {
            ongoing.fail(thrown);
            throw thrown;
        }
        ongoing.succeed();
    }

    @Override
    public <T extends @Nullable Object> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        return nested.callAsync(call);
    }

    private boolean mayWait() {
        return bulkhead.config().queueCapacity() > 0;
    }
}
