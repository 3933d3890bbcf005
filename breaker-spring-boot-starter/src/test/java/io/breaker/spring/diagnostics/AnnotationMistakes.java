package io.breaker.spring.diagnostics;

import io.breaker.spring.annotation.CircuitBreaker;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;

/** Classes whose annotation is wrong, and some where it is right. */
final class AnnotationMistakes {

    private AnnotationMistakes() {}

    static class WrongTripper {

        @CircuitBreaker(name = "a", tripper = "failureStrek(3)")
        public void pay(String id, int[] amounts) {}
    }

    static class RightTripper {

        @CircuitBreaker(name = "a", tripper = "failureStreak(3)")
        public void pay(String id, int[] amounts) {}
    }

    static class WrongTracker {

        @CircuitBreaker(name = "a", tracker = "typeOf(java.io.IOEception)")
        public void pay() {}
    }

    static class Right {

        @CircuitBreaker(name = "a", tracker = "typeOf(java.io.IOException)", resultTracker = "emptyReceipt")
        public String pay() {
            return "";
        }
    }

    static class UnknownResultTracker {

        @CircuitBreaker(name = "a", resultTracker = "emptyReciept")
        public void pay() {}
    }

    static class UnknownConfig {

        @CircuitBreaker(name = "a", config = "extrenal")
        public void pay() {}
    }

    static class KnownConfig {

        @CircuitBreaker(name = "a", config = "external")
        public void pay() {}
    }

    static class UnknownPlaceholder {

        @CircuitBreaker("${nothing}")
        public void pay() {}
    }

    static class EmptyPlaceholder {

        @CircuitBreaker("${nothing:}")
        public void pay() {}
    }

    static class DefaultPlaceholder {

        @CircuitBreaker("${nothing:a}")
        public void pay() {}
    }

    static class NeverHolding {

        @CircuitBreaker(name = "a", tripper = "closed & failureRate(0.5)")
        public void pay() {}
    }

    static class NoName {

        @CircuitBreaker(tripper = "failureStreak(3)")
        public void pay() {}
    }

    static class Slash {

        @CircuitBreaker("a/b")
        public void pay() {}
    }

    static class Dots {

        @CircuitBreaker("..")
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

    static class OfTask {

        @CircuitBreaker("a")
        public @Nullable FutureTask<String> pay() {
            return null;
        }
    }

    static class OfFuture {

        @CircuitBreaker("a")
        public @Nullable Future<String> pay() {
            return null;
        }
    }

    static class OfHotFlux {

        @CircuitBreaker("a")
        public ConnectableFlux<String> pay() {
            return Flux.<String>empty().publish();
        }
    }

    static class OfFlux {

        @CircuitBreaker("a")
        public Flux<String> pay() {
            return Flux.empty();
        }
    }

    static class TwoTrippers {

        @CircuitBreaker(name = "a", tripper = "failureStreak(1)")
        public void one() {}

        @CircuitBreaker(name = "a", tripper = "failureStreak(2)")
        public void two() {}
    }

    static class TwoSpellings {

        @CircuitBreaker(name = "a", tripper = "failureStreak(1)")
        public void one() {}

        @CircuitBreaker(name = "a", tripper = " failureStreak( count = 1 )")
        public void two() {}
    }

    static class TwoConfigs {

        @CircuitBreaker(name = "a", config = "one")
        public void one() {}

        @CircuitBreaker(name = "a", config = "other")
        public void two() {}
    }

    interface Payment {

        void pay();
    }

    static final class OnFinalClassWithInterface implements Payment {

        @Override
        @CircuitBreaker("a")
        public final void pay() {}
    }
}
