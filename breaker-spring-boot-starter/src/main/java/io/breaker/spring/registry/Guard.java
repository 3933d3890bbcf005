package io.breaker.spring.registry;

import io.breaker.spring.registry.BreakerProperties.Settings;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What an annotation says of one guarded method, its placeholders resolved. Immutable.
 *
 * @param name the breaker's name
 * @param method the guarded method
 * @param config the entry of {@code breaker.configs} to start from; null for none
 * @param tracker null for no opinion
 * @param tripper null for no opinion
 * @param resultTracker the name of a predicate bean; null for no opinion
 * @param fallback what answers in place of the method, as the annotation names it; null for nothing
 */
public record Guard(
        String name,
        Method method,
        @Nullable String config,
        @Nullable String tracker,
        @Nullable String tripper,
        @Nullable String resultTracker,
        @Nullable String fallback) {

    /**
     * Says that an attribute of the annotation is wrong.
     *
     * @param attribute the name of the attribute
     * @param problem what is wrong with it
     * @param action what to do
     * @return the exception to throw
     */
    public BreakerConfigurationException fault(String attribute, String problem, String action) {
        return fault(attribute, problem, action, null);
    }

    /**
     * Says that an attribute of the annotation is wrong.
     *
     * @param attribute the name of the attribute
     * @param problem what is wrong with it
     * @param action what to do
     * @param cause what found the fault; null for nothing else
     * @return the exception to throw
     */
    public BreakerConfigurationException fault(
            String attribute, String problem, String action, @Nullable Throwable cause) {
        return BreakerConfigurationException.of(subject(attribute), problem, action, cause);
    }

    /**
     * Says that the method cannot be guarded.
     *
     * @param problem why not
     * @param action what to do
     * @return the exception to throw
     */
    public BreakerConfigurationException fault(String problem, String action) {
        return BreakerConfigurationException.of("@CircuitBreaker on " + place(), problem, action);
    }

    /** Says in the message of a fault where an attribute stands, as the subject of a sentence. */
    String subject(String attribute) {
        return "Attribute '" + attribute + "' of @CircuitBreaker on " + place();
    }

    /** Gives the settings that the attributes make. */
    Settings settings() {
        return Settings.ofAnnotation(tracker, tripper, resultTracker);
    }

    /** Gives the method with the whole name of its class, such as {@code shop.OrderService.charge(String)}. */
    String place() {
        return method.getDeclaringClass().getName() + "." + Signature.of(method);
    }

    /**
     * Gives the method with the short name of its class.
     *
     * @return text such as {@code OrderService.charge(String)}
     */
    public String shortPlace() {
        return method.getDeclaringClass().getSimpleName() + "." + Signature.of(method);
    }
}
