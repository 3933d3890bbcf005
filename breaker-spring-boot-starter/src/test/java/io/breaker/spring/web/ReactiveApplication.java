package io.breaker.spring.web;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.testing.ManualTime;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.boot.tomcat.reactive.TomcatReactiveWebServerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An application with a reactive Tomcat on loopback, whose one breaker guards all it does. */
@Configuration(proxyBeanMethods = false)
@EnableWebFlux
class ReactiveApplication {

    @Bean
    ServerPort port(WebServerApplicationContext server) {
        return new ServerPort(server);
    }

    @Bean
    TomcatReactiveWebServerFactory tomcat() {
        TomcatReactiveWebServerFactory factory = new TomcatReactiveWebServerFactory(0);
        factory.setAddress(InetAddress.getLoopbackAddress());
        return factory;
    }

    @Bean
    HttpHandler httpHandler(ApplicationContext context) {
        return WebHttpHandlerBuilder.applicationContext(context).build();
    }

    @Bean
    CircuitBreaker payments() {
        return CircuitBreaker.of("payments", CircuitBreakerConfig.ofDefaults(), new ManualTime());
    }

    /** Where the server listens. */
    record ServerPort(WebServerApplicationContext server) {

        int number() {
            return server.getWebServer().getPort();
        }
    }

    @RestController
    static class Shop {

        private final CircuitBreaker breaker;

        Shop(CircuitBreaker breaker) {
            this.breaker = breaker;
        }

        @GetMapping("/plain")
        String plain() {
            return breaker.get(() -> "paid");
        }

        @GetMapping("/mono")
        Mono<String> mono() {
            return Mono.fromCallable(this::plain);
        }

        @GetMapping("/flux")
        Flux<String> flux() {
            return mono().flux();
        }

        @GetMapping("/stage")
        CompletableFuture<String> stage() {
            return CompletableFuture.supplyAsync(this::plain).thenApply(paid -> paid + " indeed");
        }

        @GetMapping("/wrapped")
        Mono<String> wrapped() {
            return mono().onErrorMap(rejection -> new IllegalStateException(new CompletionException(rejection)));
        }

        @GetMapping("/annotated")
        Mono<String> annotated() {
            return mono().onErrorMap(PaymentFailed::new);
        }

        @GetMapping("/with-status")
        Mono<String> withStatus() {
            return mono().onErrorMap(
                            rejection -> new ResponseStatusException(HttpStatus.CONFLICT, "could not pay", rejection));
        }

        @GetMapping("/full")
        Mono<String> full() {
            Bulkhead bulkhead = Bulkhead.of(
                    "orders", BulkheadConfig.builder().maxConcurrentCalls(1).build());
            bulkhead.callAsync(CompletableFuture::new);
            return Mono.fromCallable(() -> bulkhead.get(() -> "paid"));
        }

        @GetMapping("/broken")
        Mono<String> broken() {
            return Mono.error(new IllegalStateException("broken"));
        }
    }

    @RestController
    static class HandlingShop {

        private final CircuitBreaker breaker;

        HandlingShop(CircuitBreaker breaker) {
            this.breaker = breaker;
        }

        @GetMapping("/handled")
        Mono<String> handled() {
            return Mono.fromCallable(() -> breaker.get(() -> "paid"));
        }

        @ExceptionHandler
        @ResponseStatus(HttpStatus.PAYMENT_REQUIRED)
        String onAny(Exception any) {
            return "handled";
        }
    }

    @ResponseStatus(HttpStatus.BAD_GATEWAY)
    static class PaymentFailed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        PaymentFailed(Throwable cause) {
            super(cause);
        }
    }
}
