package io.breaker.spring.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.aot.hint.annotation.Reflective;
import org.springframework.core.annotation.AliasFor;

/**
 * Guards a method, or every method of a class, with a circuit breaker.
 *
 * <pre>{@code
 * @CircuitBreaker(name = "payments", tripper = "minRequests(10) & failureRate(0.5)", fallbackMethod = "lastKnown")
 * public Receipt receipt(String id) { … }
 *
 * Receipt lastKnown(String id, CallNotPermittedException refused) { … }
 * }</pre>
 *
 * <p>It may stand on a class or an interface, also one that Spring makes a client or a repository of, is inherited, and
 * may be a meta-annotation. What stands on the method of the class goes before what stands on the method of an interface,
 * and that before what stands on the class.
 *
 * <p>Every attribute may contain <code>${…}</code> placeholders. An attribute that is left out has no opinion: the
 * properties {@code breaker.defaults} and {@code breaker.configs} decide, then the built-in defaults. The properties
 * {@code breaker.instances.<name>} have the last word over the annotation.
 *
 * <p>Where properties ask for a retry, a bulkhead or a timeout of the same name, they stand around the method too: retry
 * (breaker (bulkhead (timeout (method)))). The fallback answers what comes out of all of them.
 *
 * <p>A result that comes later counts when it is there, and a rejection comes in its place: a {@code CompletionStage},
 * {@code CompletableFuture} or {@code Future} fails, a publisher signals an error.
 *
 * <ul>
 *   <li>A method that returns a {@code Mono}, a {@code Flux} or another type that Spring knows as reactive is called at
 *       each subscription, after the breaker was asked; for a publisher that nobody subscribes to nothing is asked.
 *   <li>A suspending function of Kotlin is called after the breaker was asked, and counts when it resumes. A function that
 *       is cancelled, or ends with a {@code CancellationException}, is neither success nor failure.
 *   <li>A plain {@code Future} tells nobody when it is done. The call counts, without its latency, when {@code get},
 *       {@code isDone}, {@code isCancelled} or {@code cancel} finds it done; a fallback answers then, on that thread. A
 *       future that nobody asks again is never counted, and in HALF_OPEN keeps its probe place until
 *       {@code probe-timeout}: return a {@code CompletableFuture} where callers may forget it.
 * </ul>
 *
 * <p>Private, static and final methods cannot be guarded, and a call from within the same object is not.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@Reflective
public @interface CircuitBreaker {

    /**
     * Names the breaker. Methods that give the same name share one breaker.
     *
     * @return the name, the same as {@link #name()}
     */
    @AliasFor("name")
    String value() default "";

    /**
     * Names the breaker. Methods that give the same name share one breaker.
     *
     * @return the name, not blank and without {@code /}
     */
    @AliasFor("value")
    String name() default "";

    /**
     * Says which exceptions are failures.
     *
     * @return an expression such as {@code typeOf(java.io.IOException) & !notFound}, in which {@code notFound} is a bean
     *     of type {@code Tracker}
     */
    String tracker() default "";

    /**
     * Says when the circuit opens.
     *
     * @return an expression such as {@code minRequests(10) & failureRate(0.5)}
     */
    String tripper() default "";

    /**
     * Says what answers where the breaker rejects a call or a call fails.
     *
     * <p>The method returns what the guarded method returns, or the value alone: for a {@code Mono<Receipt>}, a
     * {@code Future<Receipt>} or a suspending function it may return a {@code Receipt}. For a {@code Flux} it may return a
     * {@code Mono}, too; a {@code Flux} that has emitted elements goes on with those of the fallback. In place of a
     * suspending function, a {@code Mono} or a {@code Flux} it may suspend itself.
     *
     * <p>The method takes the parameters of the guarded method or none, then perhaps an exception. Of several methods of
     * that name the one whose exception is nearest to the one at hand is called; where none matches, the exception goes
     * to the caller. An {@link Error} is answered only by a method that takes an {@code Error} or a {@code Throwable}.
     *
     * <p>Where there is nothing but an interface, as with HTTP clients and Spring Data repositories, a default, private or
     * static method of the interface may answer. It is called without the proxy, and so without a transaction.
     *
     * @return the name of a method of the same class, which may be private, or {@code bean::method}
     */
    String fallbackMethod() default "";

    /**
     * Names the settings to start from.
     *
     * @return the name of an entry of {@code breaker.configs}
     */
    String config() default "";

    /**
     * Says which returned values are failures.
     *
     * @return the name of a bean of type {@link java.util.function.Predicate}, asked for every value, null included
     */
    String resultTracker() default "";
}
