package io.breaker.spring.interceptor;

import io.breaker.spring.AdvancingTime;
import io.breaker.spring.annotation.CircuitBreaker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import reactor.core.publisher.Mono;

/** Guarded methods that other circuit breakers would get wrong. */
class Office {

    /** Who the calling thread works for. */
    static final ThreadLocal<String> USER = new ThreadLocal<>();

    private final AdvancingTime time;
    private final List<String> users = new CopyOnWriteArrayList<>();

    Office(AdvancingTime time) {
        this.time = time;
    }

    @CircuitBreaker(name = "fail", fallbackMethod = "later")
    public String fail() {
        throw new IllegalStateException("down");
    }

    @CircuitBreaker("fail")
    public String failForGood() {
        throw new IllegalStateException("down");
    }

    @CircuitBreaker("task")
    public Future<String> task(Future<String> task) {
        return task;
    }

    @CircuitBreaker(name = "stage", fallbackMethod = "later")
    public CompletableFuture<String> stage(CompletableFuture<String> source) {
        return source;
    }

    private String later(Exception failure) {
        return "later";
    }

    /** Takes too long, each time. */
    @CircuitBreaker(name = "user", fallbackMethod = "forUser")
    public String asUser() {
        users.add(USER.get());
        time.advance(Duration.ofSeconds(2));
        return "too late";
    }

    private String forUser(Exception failure) {
        return "for " + USER.get() + " after " + String.join(", ", users);
    }

    /** Never emits. */
    @CircuitBreaker(name = "subscriber", fallbackMethod = "forSubscriber")
    public Mono<String> asSubscriber() {
        return Mono.deferContextual(context -> {
            users.add(context.get("user"));
            return Mono.never();
        });
    }

    private Mono<String> forSubscriber(Exception failure) {
        return Mono.deferContextual(
                context -> Mono.just("for " + context.get("user") + " after " + String.join(", ", users)));
    }
}
