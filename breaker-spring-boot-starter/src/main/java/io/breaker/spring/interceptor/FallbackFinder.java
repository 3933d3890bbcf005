package io.breaker.spring.interceptor;

import io.breaker.spring.interceptor.FallbackSource.OtherBean;
import io.breaker.spring.interceptor.FallbackSource.OwnClass;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.Guard;
import io.breaker.spring.registry.NearestName;
import io.breaker.spring.registry.Signature;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ClassUtils;

/** Finds what an annotation names as its fallback, and binds it so that answering a call needs no reflection. */
final class FallbackFinder {

    private static final String ATTRIBUTE = "fallbackMethod";

    static final String BEAN_SEPARATOR = "::";

    private final ConfigurableListableBeanFactory beans;
    private final Breakers breakers;

    FallbackFinder(ConfigurableListableBeanFactory beans, Breakers breakers) {
        this.beans = beans;
        this.breakers = breakers;
    }

    /**
     * Finds the fallback of a guarded method.
     *
     * @param type the class of the bean
     * @param style how the method is called
     * @return null if the annotation names none
     * @throws io.breaker.spring.registry.BreakerConfigurationException if there is no such method, or none that fits
     */
    @Nullable
    Fallback find(Guard guard, Class<?> type, CallStyle style) {
        if (guard.fallback() == null) {
            return null;
        }
        FallbackSource source = source(guard, guard.fallback(), type);
        ReturnFit returns = ReturnFit.of(guard.method(), type, style);
        List<FallbackCandidate> candidates = methods(source.type()).stream()
                .filter(method -> method.getName().equals(source.methodName()))
                .sorted(Comparator.comparing(Signature::of))
                .map(method -> FallbackCandidate.of(guard, type, method, source, returns))
                .toList();
        List<FallbackMethod> fitting = candidates.stream()
                .flatMap(candidate -> candidate.bound().stream())
                .toList();
        if (fitting.isEmpty()) {
            throw candidates.isEmpty() ? unknownMethod(guard, source) : noneFits(guard, source, candidates);
        }
        requireAllToFit(guard, source, candidates);
        return new Fallback(fitting, () -> breakers.countFallback(guard.name()));
    }

    private FallbackSource source(Guard guard, String fallback, Class<?> type) {
        int separator = fallback.indexOf(BEAN_SEPARATOR);
        if (separator < 0) {
            return new OwnClass(type, fallback);
        }
        String beanName = fallback.substring(0, separator).strip();
        String methodName =
                fallback.substring(separator + BEAN_SEPARATOR.length()).strip();
        if (!beans.containsBean(beanName)) {
            throw guard.fault(
                    ATTRIBUTE,
                    "there is no bean '" + beanName + "'",
                    NearestName.advice("beans", beanName, ownBeans()));
        }
        Class<?> beanType = AutoProxyUtils.determineTargetClass(beans, beanName);
        if (beanType == null) {
            throw guard.fault(
                    ATTRIBUTE,
                    "the class of bean '" + beanName + "' is not known before the bean is made",
                    "Let the method that makes the bean return its class.");
        }
        return new OtherBean(beans, beanName, ClassUtils.getUserClass(beanType), methodName);
    }

    /** Leaves out what the application has not named: such names are long, and contain the name of a class. */
    private List<String> ownBeans() {
        return Arrays.stream(beans.getBeanDefinitionNames())
                .filter(name -> !name.contains("."))
                .toList();
    }

    private static Set<Method> methods(Class<?> type) {
        return MethodIntrospector.selectMethods(type, OwnMethods::include);
    }

    private static RuntimeException unknownMethod(Guard guard, FallbackSource source) {
        Collection<String> names = methods(source.type()).stream()
                .map(Method::getName)
                .filter(name -> !name.equals(guard.method().getName()))
                .collect(Collectors.toSet());
        String advice = source.methodName().contains(":")
                ? "A method of another bean is written with two colons, such as "
                        + source.methodName().replaceFirst(":", BEAN_SEPARATOR) + "."
                : NearestName.advice("methods", source.methodName(), names);
        return guard.fault(
                ATTRIBUTE, Receiver.nameOf(source.type()) + " has no method '" + source.methodName() + "'", advice);
    }

    /** An overload that takes an exception was meant to answer it; left out in silence, it would be missed in production. */
    private static void requireAllToFit(Guard guard, FallbackSource source, List<FallbackCandidate> candidates) {
        List<FallbackCandidate> misfits = candidates.stream()
                .filter(candidate -> candidate.bound().isEmpty() && takesException(candidate.method()))
                .toList();
        if (!misfits.isEmpty()) {
            throw guard.fault(
                    ATTRIBUTE,
                    "not every method '" + source.methodName() + "' of " + Receiver.nameOf(source.type())
                            + " that takes an exception fits " + Signature.of(guard.method()) + ":" + why(misfits),
                    "Change the method, or give it another name.");
        }
    }

    private static boolean takesException(Method method) {
        Class<?>[] parameters = method.getParameterTypes();
        return parameters.length > 0 && Throwable.class.isAssignableFrom(parameters[parameters.length - 1]);
    }

    private static RuntimeException noneFits(Guard guard, FallbackSource source, List<FallbackCandidate> candidates) {
        return guard.fault(
                ATTRIBUTE,
                "no method '" + source.methodName() + "' of " + Receiver.nameOf(source.type()) + " fits "
                        + Signature.of(guard.method()) + ":" + why(candidates),
                "Change the method, or name another one.");
    }

    private static String why(List<FallbackCandidate> candidates) {
        return candidates.stream()
                .map(candidate -> "\n- " + Signature.of(candidate.method()) + " " + candidate.misfit())
                .collect(Collectors.joining());
    }
}
