package io.breaker.spring.http;

import static io.breaker.spring.http.HttpShop.totals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.AdvancingTime;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Calls of guarded clients inside annotated methods. */
class CountedOnceTests {

    private final LoopbackServer server = new LoopbackServer();

    @AfterEach
    void stop() {
        server.close();
    }

    static class Shop {

        private final RestClient client;
        private final WebClient webClient;
        private final String url;

        Shop(HttpClientBreakers breakers, WebClientBreakers webBreakers, String url) {
            client = RestClient.builder()
                    .requestInterceptor(breakers.interceptor("payments"))
                    .build();
            webClient =
                    WebClient.builder().filter(webBreakers.filter("payments")).build();
            this.url = url;
        }

        String get() {
            return client.get().uri(url).retrieve().body(String.class);
        }

        @CircuitBreaker(name = "payments")
        public String ofTheSameBreaker() {
            return get();
        }

        @CircuitBreaker(name = "payments")
        public CompletableFuture<String> aStageOfTheSameBreaker() {
            return CompletableFuture.completedFuture(get());
        }

        @CircuitBreaker(name = "payments")
        public String reactiveOfTheSameBreaker() {
            return webClient.get().uri(url).retrieve().bodyToMono(String.class).block();
        }

        @CircuitBreaker(name = "payments")
        public Mono<String> aMonoOfTheSameBreaker() {
            // On another thread: the breaker that let it in is known from the context.
            return webClient.get().uri(url).retrieve().bodyToMono(String.class).subscribeOn(Schedulers.parallel());
        }

        @CircuitBreaker(name = "payments")
        public Flux<String> aFluxOfTheSameBreaker() {
            return aMonoOfTheSameBreaker().flux();
        }

        @CircuitBreaker(name = "orders")
        public String ofAnotherBreaker() {
            return get();
        }

        @CircuitBreaker(name = "payments", fallbackMethod = "again")
        public String withAFallbackThatCallsAgain() {
            throw new IllegalStateException("down");
        }

        private String again() {
            return get();
        }
    }

    @Test
    void aCallInsideAMethodOfTheSameBreakerIsCountedOnce() {
        runner().run(context -> {
            Shop shop = context.getBean(Shop.class);
            shop.ofTheSameBreaker();
            shop.aStageOfTheSameBreaker();
            shop.reactiveOfTheSameBreaker();
            server.answers(503);
            assertThatExceptionOfType(HttpServerErrorException.class).isThrownBy(shop::ofTheSameBreaker);

            assertThat(totals(context, "payments").succeeded()).isEqualTo(3);
            assertThat(totals(context, "payments").failed()).isEqualTo(1);
        });
    }

    @Test
    void aReactiveCallInsideAReactiveMethodOfTheSameBreakerIsCountedOnce() {
        runner().run(context -> {
            Shop shop = context.getBean(Shop.class);
            shop.aMonoOfTheSameBreaker().block();
            shop.aFluxOfTheSameBreaker().blockLast();
            server.answers(503);
            assertThatExceptionOfType(WebClientResponseException.class)
                    .isThrownBy(() -> shop.aMonoOfTheSameBreaker().block());

            assertThat(totals(context, "payments").succeeded()).isEqualTo(2);
            assertThat(totals(context, "payments").failed()).isEqualTo(1);
        });
    }

    @Test
    void thePoliciesOfAMethodAreNotThereOnceMoreAroundItsClient() {
        runner(AdvancingTime.class)
                .withPropertyValues(
                        "breaker.instances.payments.retry.max-attempts=2",
                        "breaker.instances.payments.bulkhead.max-concurrent-calls=1")
                .run(context -> {
                    server.answers(503);
                    assertThatExceptionOfType(HttpServerErrorException.class)
                            .isThrownBy(context.getBean(Shop.class)::ofTheSameBreaker);

                    assertThat(server.requests()).isEqualTo(2);
                    assertThat(totals(context, "payments").failed()).isEqualTo(2);
                    assertThat(context.getBean(AdvancingTime.class).pauses()).hasSize(1);
                });
    }

    @Test
    void aCallInsideAMethodOfAnotherBreakerIsCountedByBoth() {
        runner().run(context -> {
            context.getBean(Shop.class).ofAnotherBreaker();

            assertThat(totals(context, "orders").succeeded()).isEqualTo(1);
            assertThat(totals(context, "payments").succeeded()).isEqualTo(1);
        });
    }

    @Test
    void aCallAfterTheMethodHasEndedIsCounted() {
        runner().run(context -> {
            Shop shop = context.getBean(Shop.class);
            server.answers(503);
            assertThat(catchThrowable(shop::ofTheSameBreaker)).isNotNull();
            server.answers(200);
            shop.get();

            assertThat(totals(context, "payments").succeeded()).isEqualTo(1);
            assertThat(totals(context, "payments").failed()).isEqualTo(1);
        });
    }

    @Test
    void aFallbackCannotCallPastAnOpenBreaker() {
        runner().run(context -> {
            Shop shop = context.getBean(Shop.class);
            assertThat(shop.withAFallbackThatCallsAgain()).isEqualTo("answer");
            context.getBean(CircuitBreakerRegistry.class)
                    .find("payments")
                    .orElseThrow()
                    .forceOpen();

            assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(shop::withAFallbackThatCallsAgain);
            assertThat(server.requests()).isEqualTo(1);
        });
    }

    @Test
    void theCooldownOfAMethodHeedsWhatItsClientsExceptionSays() {
        runner().run(context -> {
            server.answers(503).with("Retry-After", "7");
            for (int call = 0; call < 3; call++) {
                assertThat(catchThrowable(context.getBean(Shop.class)::ofTheSameBreaker))
                        .isInstanceOf(HttpServerErrorException.class);
            }

            var payments = context.getBean(CircuitBreakerRegistry.class)
                    .find("payments")
                    .orElseThrow()
                    .snapshot();
            assertThat(payments.state()).isEqualTo(CircuitState.OPEN);
            assertThat(payments.retryAfter()).contains(Duration.ofSeconds(7));
        });
    }

    private ApplicationContextRunner runner() {
        return runner(ManualTime.class);
    }

    private ApplicationContextRunner runner(Class<?> time) {
        return HttpShop.runner(time).withBean("url", String.class, server::url).withBean(Shop.class);
    }
}
