package io.breaker.spring.interceptor;

import io.breaker.spring.registry.Guard;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;
import reactor.core.publisher.Mono;

/** Knows in which style each guarded method is called. */
final class CallStyles {

    private static final String FLOW = "kotlinx.coroutines.flow.Flow";

    private static final boolean REACTIVE_STREAMS_PRESENT = isPresent("org.reactivestreams.Publisher");
    private static final boolean REACTOR_PRESENT = isPresent("reactor.core.publisher.Mono");
    private static final boolean COROUTINES_PRESENT = isPresent("kotlinx.coroutines.reactor.MonoKt");

    private CallStyles() {}

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, CallStyles.class.getClassLoader());
    }

    /**
     * Chooses by the type that a method returns.
     *
     * @param type the class of the bean
     * @throws io.breaker.spring.registry.BreakerConfigurationException if its result may come later in a way that is not
     *     known here: to record a success when the method returns would be wrong
     */
    static CallStyle of(Guard guard, Class<?> type) {
        if (KotlinDetector.isSuspendingFunction(guard.method())) {
            return suspending(guard);
        }
        Class<?> returned = GenericTypeResolver.resolveReturnType(guard.method(), type);
        if (returned == CompletionStage.class || returned == CompletableFuture.class) {
            return StageCall.INSTANCE;
        }
        if (returned == Future.class) {
            return FutureCall.INSTANCE;
        }
        if (CompletionStage.class.isAssignableFrom(returned) || Future.class.isAssignableFrom(returned)) {
            throw unsupported(guard, returned, "Return a CompletionStage, a CompletableFuture or a Future");
        }
        return mayBeReactive(returned) ? reactive(guard, returned) : PlainCall.INSTANCE;
    }

    private static CallStyle suspending(Guard guard) {
        if (!REACTOR_PRESENT || !COROUTINES_PRESENT) {
            throw guard.fault(
                    "a suspending function can be intercepted only with Reactor",
                    "Put org.jetbrains.kotlinx:kotlinx-coroutines-reactor on the class path.");
        }
        return Reactive.suspending(new MethodParameter(guard.method(), -1).getParameterType());
    }

    /** Of the types of the JDK, one is reactive. To ask Spring makes it load Reactor, which takes long. */
    private static boolean mayBeReactive(Class<?> returned) {
        return Flow.Publisher.class.isAssignableFrom(returned)
                || (REACTIVE_STREAMS_PRESENT
                        && !returned.isPrimitive()
                        && !returned.getName().startsWith("java."));
    }

    private static CallStyle reactive(Guard guard, Class<?> returned) {
        CallStyle style = REACTOR_PRESENT ? Reactive.returning(returned) : null;
        if (style != null) {
            return style;
        }
        if (Flow.Publisher.class.isAssignableFrom(returned)
                || (REACTIVE_STREAMS_PRESENT && Reactive.isLater(returned))) {
            throw unsupported(
                    guard,
                    returned,
                    REACTOR_PRESENT
                            ? "Return a Mono or a Flux"
                            : "Put io.projectreactor:reactor-core on the class path");
        }
        return PlainCall.INSTANCE;
    }

    private static RuntimeException unsupported(Guard guard, Class<?> returned, String action) {
        return guard.fault(
                "the method returns " + returned.getName() + ", which cannot be guarded",
                action + ", or call the circuit breaker in code.");
    }

    /** Loaded only where Reactive Streams is on the class path; all but the last method needs Reactor. */
    private static final class Reactive {

        /** Gives the style of exactly that type: what is made of a publisher is no subtype of it. */
        static @Nullable CallStyle returning(Class<?> returned) {
            ReactiveAdapter adapter = adapter(returned);
            return adapter != null && adapter.getReactiveType() == returned ? ReactiveCall.returning(adapter) : null;
        }

        static CallStyle suspending(Class<?> result) {
            ReactiveAdapter flow = result.getName().equals(FLOW) ? adapter(result) : null;
            ReactiveAdapter mono = ReactiveAdapterRegistry.getSharedInstance().getAdapter(Mono.class);
            return ReactiveCall.suspending(flow != null ? flow : Objects.requireNonNull(mono));
        }

        private static @Nullable ReactiveAdapter adapter(Class<?> type) {
            return ReactiveAdapterRegistry.getSharedInstance().getAdapter(type);
        }

        static boolean isLater(Class<?> returned) {
            return Publisher.class.isAssignableFrom(returned) || adapter(returned) != null;
        }
    }
}
