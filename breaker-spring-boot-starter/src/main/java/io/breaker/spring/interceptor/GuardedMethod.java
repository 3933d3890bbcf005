package io.breaker.spring.interceptor;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.policy.CallRejectedException;
import io.breaker.policy.CertainFailure;
import io.breaker.spring.registry.LivePipeline;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * A guarded method with all that was worked out of its annotation when its bean was made. Immutable.
 *
 * <p>Where other advice stands between breaker and fallback, each runs in its own place: {@link #guard} notes what it
 * lets out, and {@link #answer} answers that. Where nothing does, {@link #guardAndAnswer} does both.
 */
final class GuardedMethod {

    private final LivePipeline pipeline;
    private final CallStyle style;
    private final Rescue noting;
    private final Rescue answeringNoted;
    private final Rescue answering;

    private GuardedMethod(
            LivePipeline pipeline, CallStyle style, Rescue noting, Rescue answeringNoted, Rescue answering) {
        this.pipeline = pipeline;
        this.style = style;
        this.noting = noting;
        this.answeringNoted = answeringNoted;
        this.answering = answering;
    }

    static GuardedMethod of(
            CircuitBreaker breaker, LivePipeline pipeline, CallStyle style, @Nullable Fallback fallback) {
        if (fallback == null) {
            return new GuardedMethod(pipeline, style, Rescue.NONE, Rescue.NONE, Rescue.NONE);
        }
        return new GuardedMethod(
                pipeline, style, noting(breaker), answeringNoted(fallback), answering(breaker, fallback));
    }

    /** Makes the call inside the pipeline. */
    @Nullable
    Object guard(MethodInvocation invocation) throws Throwable {
        return style.guard(pipeline, invocation, noting);
    }

    /** Makes the call, and answers what {@link #guard} let out of it. */
    @Nullable
    Object answer(MethodInvocation invocation) throws Throwable {
        return style.proceed(invocation, answeringNoted);
    }

    /** Makes the call inside the pipeline, and answers what that lets out. */
    @Nullable
    Object guardAndAnswer(MethodInvocation invocation) throws Throwable {
        return style.guard(pipeline, invocation, answering);
    }

    private static Rescue noting(CircuitBreaker breaker) {
        return invocation -> {
            LetOut letOut = LetOut.of(invocation);
            return thrown -> {
                if (isAnswerable(breaker, thrown)) {
                    letOut.note(thrown);
                }
                throw thrown;
            };
        };
    }

    private static Rescue answeringNoted(Fallback fallback) {
        return invocation -> {
            LetOut letOut = LetOut.of(invocation);
            return thrown -> {
                if (letOut.was(thrown)) {
                    return fallback.answer(invocation, thrown);
                }
                throw thrown;
            };
        };
    }

    private static Rescue answering(CircuitBreaker breaker, Fallback fallback) {
        return invocation -> thrown -> {
            if (isAnswerable(breaker, thrown)) {
                return fallback.answer(invocation, thrown);
            }
            throw thrown;
        };
    }

    /** Tells failures, timeouts and rejections from what the breaker ignores. */
    private static boolean isAnswerable(CircuitBreaker breaker, Throwable thrown) {
        if (thrown instanceof CallRejectedException || thrown instanceof CertainFailure) {
            return true;
        }
        try {
            return breaker.config().tracker().tracks(thrown);
        } catch (Throwable defect) {
            // The breaker has counted a failure then, and logged the defect.
            return true;
        }
    }
}
