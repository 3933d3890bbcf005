package io.breaker.spring.matrix;

import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.matrix.Script.Source;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One guarded method for each type that a method may return, without a fallback and with one. */
class Till {

    private final Script script;

    Till(Script script) {
        this.script = script;
    }

    @CircuitBreaker("till")
    public String plain() throws Exception {
        return script.plainAttempt();
    }

    @CircuitBreaker(name = "till", fallbackMethod = "later")
    public String plainOrElse() throws Exception {
        return script.plainAttempt();
    }

    @CircuitBreaker("till")
    public CompletionStage<String> stage() {
        return future(script.attempt());
    }

    @CircuitBreaker(name = "till", fallbackMethod = "laterStage")
    public CompletionStage<String> stageOrElse() {
        return future(script.attempt());
    }

    @CircuitBreaker("till")
    public CompletableFuture<String> completable() {
        return future(script.attempt());
    }

    @CircuitBreaker(name = "till", fallbackMethod = "later")
    public CompletableFuture<String> completableOrElse() {
        return future(script.attempt());
    }

    @CircuitBreaker("till")
    public Future<String> future() {
        return PlainFuture.of(script.attempt());
    }

    @CircuitBreaker(name = "till", fallbackMethod = "laterFuture")
    public Future<String> futureOrElse() {
        return PlainFuture.of(script.attempt());
    }

    @CircuitBreaker("till")
    public Mono<String> mono() {
        return mono(script.attempt());
    }

    @CircuitBreaker(name = "till", fallbackMethod = "laterMono")
    public Mono<String> monoOrElse() {
        return mono(script.attempt());
    }

    @CircuitBreaker("till")
    public Flux<String> flux() {
        return flux(script.attempt());
    }

    @CircuitBreaker(name = "till", fallbackMethod = "laterFlux")
    public Flux<String> fluxOrElse() {
        return flux(script.attempt());
    }

    private String later(Exception failure) {
        return "later";
    }

    private CompletionStage<String> laterStage(Exception failure) {
        return CompletableFuture.completedFuture("later");
    }

    private Future<String> laterFuture(Exception failure) {
        return new PlainFuture(CompletableFuture.completedFuture("later"));
    }

    private Mono<String> laterMono(Exception failure) {
        return Mono.just("later");
    }

    private Flux<String> laterFlux(Exception failure) {
        return Flux.just("la", "ter");
    }

    private static CompletableFuture<String> future(Source source) {
        return source == null ? null : source.end();
    }

    private static Mono<String> mono(Source source) {
        return source == null ? null : Mono.fromFuture(source.end());
    }

    private static Flux<String> flux(Source source) {
        if (source == null) {
            return null;
        }
        Flux<String> end = Mono.fromFuture(source.end()).flatMapMany(value -> Flux.just("val", "ue"));
        return source.act().emitsFirst() ? Flux.just("half").concatWith(end) : end;
    }

    /** A future that is no stage: it tells nobody when it is done. */
    private record PlainFuture(CompletableFuture<String> end) implements Future<String> {

        static PlainFuture of(Source source) {
            return source == null ? null : new PlainFuture(source.end());
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return end.cancel(mayInterruptIfRunning);
        }

        @Override
        public boolean isCancelled() {
            return end.isCancelled();
        }

        @Override
        public boolean isDone() {
            return end.isDone();
        }

        @Override
        public String get() throws InterruptedException, ExecutionException {
            return end.get();
        }

        @Override
        public String get(long timeout, TimeUnit unit)
                throws InterruptedException, ExecutionException, TimeoutException {
            return end.get(timeout, unit);
        }
    }
}
