package io.breaker.spring.interceptor;

import io.breaker.spring.registry.Guard;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.reactivestreams.Publisher;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.util.ClassUtils;

/** Knows in which style each guarded method is called. */
final class CallStyles {

    private static final boolean REACTIVE_STREAMS_PRESENT =
            ClassUtils.isPresent("org.reactivestreams.Publisher", CallStyles.class.getClassLoader());

    private CallStyles() {}

    /**
     * Chooses by the type that a method returns.
     *
     * @param type the class of the bean
     * @throws io.breaker.spring.registry.BreakerConfigurationException if its result may come later in a way that is not
     *     known here: to record a success when the method returns would be wrong
     */
    static CallStyle of(Guard guard, Class<?> type) {
        Class<?> returned = GenericTypeResolver.resolveReturnType(guard.method(), type);
        if (KotlinDetector.isSuspendingFunction(guard.method())) {
            throw unsupported(guard, "is a suspending function");
        }
        if (returned == CompletionStage.class || returned == CompletableFuture.class) {
            return StageCall.INSTANCE;
        }
        if (isLater(returned)) {
            throw unsupported(guard, "returns " + returned.getName());
        }
        return PlainCall.INSTANCE;
    }

    private static boolean isLater(Class<?> returned) {
        return CompletionStage.class.isAssignableFrom(returned)
                || Future.class.isAssignableFrom(returned)
                || Flow.Publisher.class.isAssignableFrom(returned)
                || (REACTIVE_STREAMS_PRESENT && !isOfTheJdk(returned) && Reactive.isLater(returned));
    }

    /** Of these, Spring knows no more as reactive than is asked here. To ask it makes it load Reactor, which takes long. */
    private static boolean isOfTheJdk(Class<?> returned) {
        return returned.isPrimitive() || returned.getName().startsWith("java.");
    }

    private static RuntimeException unsupported(Guard guard, String what) {
        return guard.fault(
                "the method " + what + ", which is not supported yet",
                "Return a plain value, a CompletionStage or a CompletableFuture, or call the circuit breaker in code.");
    }

    /** Loaded only where Reactive Streams is on the class path. */
    private static final class Reactive {

        static boolean isLater(Class<?> returned) {
            return Publisher.class.isAssignableFrom(returned)
                    || ReactiveAdapterRegistry.getSharedInstance().getAdapter(returned) != null;
        }
    }
}
