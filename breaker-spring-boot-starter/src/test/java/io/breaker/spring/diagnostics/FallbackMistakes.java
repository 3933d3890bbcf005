package io.breaker.spring.diagnostics;

import io.breaker.spring.annotation.CircuitBreaker;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Classes whose fallback is missing or does not fit, and some where it does. */
final class FallbackMistakes {

    private FallbackMistakes() {}

    @Component("cache")
    static class Cache {

        private String lastKnown() {
            return "";
        }

        String latest() {
            return "";
        }
    }

    static class Missing {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnow")
        public String receipt(String id) {
            return id;
        }

        String lastKnown() {
            return "";
        }

        String find() {
            return lastKnown();
        }
    }

    static class Misfits {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public String receipt(String id) {
            return id;
        }

        String lastKnown(int id) {
            return "";
        }

        Integer lastKnown(String id) {
            return 1;
        }

        String lastKnown(Exception thrown, String id) {
            return "";
        }
    }

    static class MisfitStages {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public CompletableFuture<String> receipt(String id) {
            return CompletableFuture.completedFuture(id);
        }

        void lastKnown() {}

        Integer lastKnown(Exception thrown) {
            return 1;
        }

        @Nullable
        CompletableFuture<List<Integer>> lastKnown(String id) {
            return null;
        }
    }

    static class MisfitMono {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public Mono<String> receipt(String id) {
            return Mono.just(id);
        }

        Integer lastKnown() {
            return 1;
        }

        Flux<String> lastKnown(Exception thrown) {
            return Flux.empty();
        }

        Mono<Integer> lastKnown(IOException thrown) {
            return Mono.empty();
        }
    }

    static class MisfitFlux {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public Flux<String> receipt(String id) {
            return Flux.just(id);
        }

        List<String> lastKnown() {
            return List.of();
        }

        Mono<Integer> lastKnown(Exception thrown) {
            return Mono.empty();
        }
    }

    static class MisfitFuture {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public Future<String> receipt(String id) {
            return CompletableFuture.completedFuture(id);
        }

        Mono<String> lastKnown() {
            return Mono.empty();
        }
    }

    static class Itself {

        @CircuitBreaker(name = "a", fallbackMethod = "receipt")
        public String receipt(String id) {
            return id;
        }
    }

    static class UnknownBean {

        @CircuitBreaker(name = "a", fallbackMethod = "cach::lastKnown")
        public String receipt(String id) {
            return id;
        }
    }

    static class UnknownMethodOfBean {

        @CircuitBreaker(name = "a", fallbackMethod = "cache::lastKnow")
        public String receipt(String id) {
            return id;
        }
    }

    static class PrivateMethodOfBean {

        @CircuitBreaker(name = "a", fallbackMethod = "cache::lastKnown")
        public String receipt(String id) {
            return id;
        }
    }

    static class Right {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public String receipt(String id) {
            return id;
        }

        String lastKnown(String id, Exception thrown) {
            return id;
        }
    }

    static class RightStages {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public CompletableFuture<String> receipt(String id) {
            return CompletableFuture.completedFuture(id);
        }

        CompletableFuture<String> lastKnown(Exception thrown) {
            return CompletableFuture.completedFuture("");
        }
    }

    static class RightFlux {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public Flux<String> receipt(String id) {
            return Flux.just(id);
        }

        Flux<String> lastKnown() {
            return Flux.empty();
        }
    }

    static class OneMisfit {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public String receipt(String id) {
            return id;
        }

        String lastKnown(String id) {
            return id;
        }

        String lastKnown(int id, Exception thrown) {
            return "";
        }
    }

    static class OneColon {

        @CircuitBreaker(name = "a", fallbackMethod = "cache:latest")
        public String receipt(String id) {
            return id;
        }
    }

    static class RightBean {

        @CircuitBreaker(name = "a", fallbackMethod = "cache::latest")
        public String receipt(String id) {
            return id;
        }
    }
}
