package io.breaker.spring.interceptor;

import io.breaker.spring.registry.LivePipeline;
import io.breaker.spring.registry.Passage;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Calls a method that returns a plain future; its result is there when somebody finds it. As with a stage, a rejection
 * and what the method throws come back in the future.
 */
enum FutureCall implements CallStyle {
    INSTANCE;

    @Override
    public Future<?> guard(LivePipeline pipeline, MethodInvocation invocation, Rescue rescue) {
        Passage passage = pipeline.passage();
        Watch watch = new Watch();
        // Prepared before the call is made.
        Rescue.Attempt attempt = rescue == Rescue.NONE ? null : rescue.of(invocation);
        MethodInvocation fresh = Proceeding.copyOf(invocation);
        CompletionStage<?> end =
                passage.pipeline().callAsync(() -> watch.on((Future<?>) Proceeding.afresh(passage, fresh)));
        return WatchedFuture.of(watch, attempt == null ? end : rescued(watch, end, attempt));
    }

    @Override
    public @Nullable Object proceed(MethodInvocation invocation, Rescue rescue) throws Throwable {
        if (rescue == Rescue.NONE) {
            return invocation.proceed();
        }
        Rescue.Attempt attempt = rescue.of(invocation);
        // What other advice throws in place of a future did not come out of the breaker, which throws nothing.
        Watch watch = new Watch();
        CompletionStage<?> end = watch.on((Future<?>) invocation.proceed());
        return end == null ? null : WatchedFuture.of(watch, rescued(watch, end, attempt));
    }

    @Override
    public List<Class<?>> wrappers() {
        return List.of(Future.class, CompletionStage.class);
    }

    private static CompletionStage<?> rescued(Watch watch, CompletionStage<?> end, Rescue.Attempt attempt) {
        return RescuedFuture.of(end, thrown -> watch.onAnswer(attempt.answer(thrown)));
    }
}
