package io.breaker.spring.diagnostics;

import static io.breaker.spring.diagnostics.Row.bean;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the user is told of a wrong annotation. */
class StartupMistakesInAnnotationsTests {

    @TestFactory
    Stream<DynamicTest> attributes() {
        return Row.tests(
                bean(
                        AnnotationMistakes.WrongTripper.class,
                        """
                        Attribute 'tripper' of @CircuitBreaker on WrongTripper.pay(String, int[]) is not valid:

                            unknown name 'failureStrek'
                            failureStrek(3)
                            ^
                        """,
                        "Did you mean 'failureStreak'? Known names: avgLatency, busy, closed, failureCount,"
                                + " failureRate, failureStreak, halfOpened, minRequests, slowRate."
                                + " A bean of type Tripper adds its name to them.",
                        AnnotationMistakes.RightTripper.class),
                bean(
                        AnnotationMistakes.WrongTracker.class,
                        """
                        Attribute 'tracker' of @CircuitBreaker on WrongTracker.pay() is not valid:

                            class not found: java.io.IOEception
                            typeOf(java.io.IOEception)
                                   ^
                        """,
                        "Write a tracker such as typeOf(java.io.IOException).",
                        AnnotationMistakes.Right.class),
                bean(
                        AnnotationMistakes.UnknownResultTracker.class,
                        """
                        Attribute 'resultTracker' of @CircuitBreaker on UnknownResultTracker.pay() is not valid:

                            no bean of type java.util.function.Predicate has the name 'emptyReciept'
                        """,
                        "Did you mean 'emptyReceipt'? Known predicate beans: emptyReceipt.",
                        AnnotationMistakes.Right.class),
                bean(
                        "breaker.configs.external.timeout: 2s",
                        AnnotationMistakes.UnknownConfig.class,
                        """
                        Attribute 'config' of @CircuitBreaker on UnknownConfig.pay() is not valid:

                            breaker.configs has no entry 'extrenal'
                        """,
                        "Did you mean 'external'? Known entries of breaker.configs: external.",
                        AnnotationMistakes.KnownConfig.class),
                bean(
                        AnnotationMistakes.UnknownPlaceholder.class,
                        """
                        Attribute 'name' of @CircuitBreaker on UnknownPlaceholder.pay() is not valid:

                            Could not resolve placeholder 'nothing' in value "${nothing}"
                        """,
                        "Set the property, or give the placeholder a default: ${name:default}",
                        AnnotationMistakes.DefaultPlaceholder.class),
                bean(
                        AnnotationMistakes.NeverHolding.class,
                        """
                        Circuit breaker 'a' is not valid:

                            the tripper can never hold in HALF_OPEN, where a service that stays down would be probed \
                        for ever: closed & failureRate(0.5)
                            - Attribute 'tripper' of @CircuitBreaker on NeverHolding.pay()
                        """,
                        "Add a rule for HALF_OPEN: (closed & failureRate(0.5)) | (halfOpened & failureRate(0.5))",
                        AnnotationMistakes.RightTripper.class));
    }

    @TestFactory
    Stream<DynamicTest> names() {
        return Row.tests(
                bean(AnnotationMistakes.NoName.class, """
                        Attribute 'name' of @CircuitBreaker on NoName.pay() is not valid:

                            a circuit breaker must have a name
                        """, "Give it a name.", AnnotationMistakes.Right.class),
                bean(
                        AnnotationMistakes.EmptyPlaceholder.class,
                        """
                        Attribute 'name' of @CircuitBreaker on EmptyPlaceholder.pay() is not valid:

                            a circuit breaker must have a name
                        """,
                        "Give it a name.",
                        AnnotationMistakes.DefaultPlaceholder.class),
                bean(AnnotationMistakes.Slash.class, """
                        Attribute 'name' of @CircuitBreaker on Slash.pay() is not valid:

                            the name of a circuit breaker must not contain '/': a/b
                        """, "Change the name.", AnnotationMistakes.Right.class),
                bean(AnnotationMistakes.Dots.class, """
                        Attribute 'name' of @CircuitBreaker on Dots.pay() is not valid:

                            the name of a circuit breaker must not be a step in a path: ..
                        """, "Change the name.", AnnotationMistakes.Right.class),
                bean(
                        AnnotationMistakes.TwoTrippers.class,
                        """
                        Attribute 'tripper' of @CircuitBreaker on TwoTrippers.two() is not valid:

                            two methods give circuit breaker 'a' different settings:
                            TwoTrippers.one(): failureStreak(1)
                            TwoTrippers.two(): failureStreak(2)
                        """,
                        "Write the attribute on one of the methods only, or give them different names.",
                        AnnotationMistakes.TwoSpellings.class),
                bean(
                        "breaker.configs: {one: {untracked: ignore}, other: {untracked: success}}",
                        AnnotationMistakes.TwoConfigs.class,
                        """
                        Attribute 'config' of @CircuitBreaker on TwoConfigs.two() is not valid:

                            two methods give circuit breaker 'a' different settings:
                            TwoConfigs.one(): one
                            TwoConfigs.two(): other
                        """,
                        "Write the attribute on one of the methods only, or give them different names.",
                        AnnotationMistakes.TwoSpellings.class));
    }

    @TestFactory
    Stream<DynamicTest> methodsAndClasses() {
        String uncover = "Make it an instance method that is not private, or take the annotation off.";
        return Row.tests(
                bean(AnnotationMistakes.OnPrivate.class, """
                        @CircuitBreaker on OnPrivate.pay() is not valid:

                            a private or static method cannot be intercepted
                        """, uncover, AnnotationMistakes.Right.class),
                bean(AnnotationMistakes.OnStatic.class, """
                        @CircuitBreaker on OnStatic.pay() is not valid:

                            a private or static method cannot be intercepted
                        """, uncover, AnnotationMistakes.Right.class),
                bean(
                        AnnotationMistakes.OnFinal.class,
                        """
                        @CircuitBreaker on OnFinal.pay() is not valid:

                            a final method cannot be intercepted
                        """,
                        "Make it not final, or take the annotation off.",
                        AnnotationMistakes.Right.class),
                bean(
                        AnnotationMistakes.OnFinalClass.class,
                        """
                        @CircuitBreaker on OnFinalClass.pay() is not valid:

                            its class cannot be proxied: Could not generate CGLIB subclass of class OnFinalClass: \
                        Common causes of this problem include using a final class or a non-visible class
                        """,
                        "Make the class neither final nor sealed, or let it implement an interface and set"
                                + " spring.aop.proxy-target-class=false.",
                        AnnotationMistakes.Right.class),
                bean(
                        AnnotationMistakes.OfTask.class,
                        """
                        @CircuitBreaker on OfTask.pay() is not valid:

                            the method returns java.util.concurrent.FutureTask, which cannot be guarded
                        """,
                        "Return a CompletionStage, a CompletableFuture or a Future, or call the circuit breaker in"
                                + " code.",
                        AnnotationMistakes.OfFuture.class),
                bean(
                        AnnotationMistakes.OfHotFlux.class,
                        """
                        @CircuitBreaker on OfHotFlux.pay() is not valid:

                            the method returns reactor.core.publisher.ConnectableFlux, which cannot be guarded
                        """,
                        "Return a Mono or a Flux, or call the circuit breaker in code.",
                        AnnotationMistakes.OfFlux.class));
    }

    @Test
    void aFinalMethodCanBeGuardedBehindItsInterface() {
        ApplicationContextRunner interfaceProxies =
                new ApplicationContextRunner().withPropertyValues("spring.aop.proxy-target-class=false");
        FailingApplication.configured(interfaceProxies)
                .withBean(AnnotationMistakes.OnFinalClassWithInterface.class)
                .run(context -> assertThat(context).hasNotFailed());
    }
}
