package io.breaker.spring.interceptor;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.aop.Advisor;
import org.springframework.util.ClassUtils;

/**
 * A kind of Spring's own advice that the breaker and the fallback have a place among.
 *
 * @param advices its classes, as far as they are on the class path: transactions and security are optional
 */
record AdviceKind(List<Class<?>> advices) {

    /** Goes on with the call on another thread. */
    static final AdviceKind ASYNC = of("org.springframework.aop.interceptor.AsyncExecutionInterceptor");

    /** Keeps calls from being made at all: what it throws or answers is no outcome of a call. */
    static final AdviceKind GATE = of(
            "org.springframework.cache.interceptor.CacheInterceptor",
            "org.springframework.security.authorization.method.AuthorizationAdvisor",
            "org.springframework.validation.beanvalidation.MethodValidationInterceptor");

    /** Takes a connection for the call, or translates what that throws. */
    static final AdviceKind TRANSACTION = of(
            "org.springframework.dao.support.PersistenceExceptionTranslationInterceptor",
            "org.springframework.transaction.interceptor.TransactionInterceptor");

    /** Makes the call of a method of a Spring Data repository, or goes on to the next that may. */
    static final AdviceKind REPOSITORY = of(
            "org.springframework.data.projection.DefaultMethodInvokingMethodInterceptor",
            "org.springframework.data.repository.core.support.QueryExecutorMethodInterceptor",
            "org.springframework.data.repository.core.support.RepositoryFactorySupport$ImplementationMethodExecutionInterceptor");

    private static AdviceKind of(String... classNames) {
        ClassLoader loader = AdviceKind.class.getClassLoader();
        return new AdviceKind(Stream.of(classNames)
                .filter(className -> ClassUtils.isPresent(className, loader))
                .<Class<?>>map(className -> ClassUtils.resolveClassName(className, loader))
                .toList());
    }

    boolean includes(Advisor advisor) {
        return advices.stream().anyMatch(advice -> advice.isInstance(advisor.getAdvice()));
    }

    /** Finds the first advisor of this kind in a chain; {@code otherwise} if there is none. */
    int firstIndex(List<Advisor> chain, int otherwise) {
        return IntStream.range(0, chain.size())
                .filter(index -> includes(chain.get(index)))
                .findFirst()
                .orElse(otherwise);
    }
}
