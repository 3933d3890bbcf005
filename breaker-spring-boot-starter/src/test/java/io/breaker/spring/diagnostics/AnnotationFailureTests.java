package io.breaker.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.annotation.CircuitBreaker;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;

/** What the user is told of a wrong annotation. */
class AnnotationFailureTests {

    @Test
    void unknownNameInAnExpression() {
        assertThat(messageOf(WrongTripper.class)).isEqualTo("""
                        Attribute 'tripper' of @CircuitBreaker on WrongTripper.pay(String, int[]) is not valid:

                            unknown name 'failureStrek'
                            failureStrek(3)
                            ^
                        ->
                        Did you mean 'failureStreak'? Known names: avgLatency, closed, failureCount, failureRate, \
                        failureStreak, halfOpened, minRequests, slowRate. A bean of type Tripper adds its name to them.""");
    }

    @Test
    void noName() {
        assertThat(messageOf(NoName.class)).isEqualTo("""
                        Attribute 'name' of @CircuitBreaker on NoName.pay() is not valid:

                            a circuit breaker must have a name
                        ->
                        Give it a name.""");
    }

    @Test
    void nameWithASlash() {
        assertThat(messageOf(Slash.class)).isEqualTo("""
                        Attribute 'name' of @CircuitBreaker on Slash.pay() is not valid:

                            the name of a circuit breaker must not contain '/': a/b
                        ->
                        Change the name.""");
    }

    @Test
    void unknownConfig() {
        assertThat(messageOf(UnknownConfig.class)).isEqualTo("""
                        Attribute 'config' of @CircuitBreaker on UnknownConfig.pay() is not valid:

                            breaker.configs has no entry 'extern'
                        ->
                        There are no entries of breaker.configs.""");
    }

    @Test
    void unknownResultTracker() {
        assertThat(messageOf(UnknownResultTracker.class)).isEqualTo("""
                        Attribute 'resultTracker' of @CircuitBreaker on UnknownResultTracker.pay() is not valid:

                            no bean of type java.util.function.Predicate has the name 'emptyReceipt'
                        ->
                        There are no predicate beans.""");
    }

    @Test
    void unknownPlaceholder() {
        assertThat(messageOf(UnknownPlaceholder.class)).isEqualTo("""
                        Attribute 'name' of @CircuitBreaker on UnknownPlaceholder.pay() is not valid:

                            Could not resolve placeholder 'nothing' in value "${nothing}"
                        ->
                        Set the property, or give the placeholder a default: ${name:default}""");
    }

    @Test
    void methodThatCannotBeIntercepted() {
        assertThat(messageOf(OnPrivate.class)).isEqualTo("""
                        @CircuitBreaker on OnPrivate.pay() is not valid:

                            a private or static method cannot be intercepted
                        ->
                        Make it an instance method that is not private, or take the annotation off.""");
        assertThat(messageOf(OnStatic.class))
                .startsWith("@CircuitBreaker on OnStatic.pay() is not valid:")
                .contains("a private or static method cannot be intercepted");
        assertThat(messageOf(OnFinal.class)).isEqualTo("""
                        @CircuitBreaker on OnFinal.pay() is not valid:

                            a final method cannot be intercepted
                        ->
                        Make it not final, or take the annotation off.""");
    }

    @Test
    void classThatCannotBeProxied() {
        assertThat(messageOf(OnFinalClass.class)).isEqualTo("""
                        @CircuitBreaker on OnFinalClass.pay() is not valid:

                            its class cannot be proxied: Could not generate CGLIB subclass of class OnFinalClass: \
                        Common causes of this problem include using a final class or a non-visible class
                        ->
                        Make the class neither final nor sealed, or let it implement an interface and set \
                        spring.aop.proxy-target-class=false.""");
    }

    @Test
    void aFinalMethodCanBeGuardedBehindItsInterface() {
        ApplicationContextRunner interfaceProxies =
                new ApplicationContextRunner().withPropertyValues("spring.aop.proxy-target-class=false");
        FailingApplication.configured(interfaceProxies)
                .withBean(OnFinalClassWithInterface.class)
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void resultThatComesLaterInATypeOfItsOwn() {
        assertThat(messageOf(OfTask.class)).isEqualTo("""
                        @CircuitBreaker on OfTask.pay() is not valid:

                            the method returns java.util.concurrent.FutureTask, which cannot be guarded
                        ->
                        Return a CompletionStage, a CompletableFuture or a Future, or call the circuit breaker in code.""");
        assertThat(messageOf(OfHotFlux.class)).contains("""
                            the method returns reactor.core.publisher.ConnectableFlux, which cannot be guarded
                        ->
                        Return a Mono or a Flux, or call the circuit breaker in code.""");
    }

    @Test
    void differentSettingsForOneName() {
        assertThat(messageOf(TwoSettings.class)).isEqualTo("""
                        Attribute 'tripper' of @CircuitBreaker on TwoSettings.two() is not valid:

                            two methods give circuit breaker 'a' different settings:
                            TwoSettings.one(): failureStreak(1)
                            TwoSettings.two(): failureStreak(2)
                        ->
                        Write the attribute on one of the methods only, or give them different names.""");
        assertThat(messageOf(
                        "breaker.configs: {one: {untracked: ignore}, other: {untracked: success}}", TwoConfigs.class))
                .contains("""
                            TwoConfigs.one(): one
                            TwoConfigs.two(): other
                        """);
    }

    private static String messageOf(Class<?> bean) {
        return messageOf("breaker.enabled: true", bean);
    }

    /** Leaves out the name of this class, which stands before that of each bean. */
    private static String messageOf(String yaml, Class<?> bean) {
        return FailingApplication.messageOf(yaml, bean).replace(AnnotationFailureTests.class.getName() + "$", "");
    }

    static class WrongTripper {

        @CircuitBreaker(name = "a", tripper = "failureStrek(3)")
        public void pay(String id, int[] amounts) {}
    }

    static class NoName {

        @CircuitBreaker(tripper = "failureStreak(3)")
        public void pay() {}
    }

    static class Slash {

        @CircuitBreaker("a/b")
        public void pay() {}
    }

    static class UnknownConfig {

        @CircuitBreaker(name = "a", config = "extern")
        public void pay() {}
    }

    static class UnknownResultTracker {

        @CircuitBreaker(name = "a", resultTracker = "emptyReceipt")
        public void pay() {}
    }

    static class UnknownPlaceholder {

        @CircuitBreaker("${nothing}")
        public void pay() {}
    }

    static class OnPrivate {

        @CircuitBreaker("a")
        private void pay() {}
    }

    static class OnStatic {

        @CircuitBreaker("a")
        static void pay() {}
    }

    static class OnFinal {

        @CircuitBreaker("a")
        public final void pay() {}
    }

    static final class OnFinalClass {

        @CircuitBreaker("a")
        public void pay() {}
    }

    interface Payment {

        void pay();
    }

    static final class OnFinalClassWithInterface implements Payment {

        @Override
        @CircuitBreaker("a")
        public final void pay() {}
    }

    static class OfTask {

        @CircuitBreaker("a")
        public @Nullable FutureTask<String> pay() {
            return null;
        }
    }

    static class OfHotFlux {

        @CircuitBreaker("a")
        public ConnectableFlux<String> pay() {
            return Flux.<String>empty().publish();
        }
    }

    static class TwoSettings {

        @CircuitBreaker(name = "a", tripper = "failureStreak(1)")
        public void one() {}

        @CircuitBreaker(name = "a", tripper = "failureStreak(2)")
        public void two() {}
    }

    static class TwoConfigs {

        @CircuitBreaker(name = "a", config = "one")
        public void one() {}

        @CircuitBreaker(name = "a", config = "other")
        public void two() {}
    }
}
