package io.breaker.spring.interceptor;

import io.breaker.spring.registry.LivePipeline;
import java.util.List;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/** How a call is made whose method returns its result in a certain way. Implementations are immutable. */
interface CallStyle {

    /**
     * Makes the call inside a pipeline.
     *
     * @param pipeline asked once for each call what that goes through
     * @param rescue told of what the pipeline lets out
     * @return what the method returned, or what the rescue gave instead
     */
    @Nullable
    Object guard(LivePipeline pipeline, MethodInvocation invocation, Rescue rescue) throws Throwable;

    /**
     * Makes the call without a pipeline.
     *
     * @param rescue told of what comes out
     * @return what the method returned, or what the rescue gave instead
     */
    @Nullable
    Object proceed(MethodInvocation invocation, Rescue rescue) throws Throwable;

    /** The types around a value in which a method may return it, and a fallback its answer; none for the value alone. */
    List<Class<?>> wrappers();
}
