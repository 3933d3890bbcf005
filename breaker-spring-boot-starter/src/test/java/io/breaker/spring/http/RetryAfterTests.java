package io.breaker.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitSnapshot;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.annotation.CircuitBreaker;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** A server that says when to come back: neither the retry nor the circuit comes earlier. */
class RetryAfterTests {

    private final LoopbackServer server = new LoopbackServer();
    private final ApplicationContextRunner runner = HttpShop.runner(ImpatientTime.class)
            .withBean("url", String.class, server::url)
            .withBean(Shop.class)
            .withPropertyValues(
                    "breaker.instances.payments.tripper=failureStreak(2)",
                    "breaker.instances.payments.retry.max-attempts=2");

    @AfterEach
    void stop() {
        server.close();
    }

    enum Kind {
        ANNOTATED(Shop::annotated),
        REST_CLIENT(Shop::restClient),
        WEB_CLIENT(Shop::webClient);

        final Consumer<Shop> call;

        Kind(Consumer<Shop> call) {
            this.call = call;
        }
    }

    static class Shop {

        private final RestClient plain = RestClient.create();
        private final RestClient guarded;
        private final WebClient webClient;
        private final String url;

        Shop(HttpClientBreakers breakers, WebClientBreakers webBreakers, String url) {
            guarded = RestClient.builder()
                    .requestInterceptor(breakers.interceptor("payments"))
                    .build();
            webClient =
                    WebClient.builder().filter(webBreakers.filter("payments")).build();
            this.url = url;
        }

        @CircuitBreaker(name = "payments")
        public void annotated() {
            plain.get().uri(url).retrieve().toBodilessEntity();
        }

        public void restClient() {
            guarded.get().uri(url).retrieve().toBodilessEntity();
        }

        public void webClient() {
            webClient.get().uri(url).retrieve().toBodilessEntity().block();
        }
    }

    @ParameterizedTest
    @EnumSource
    void bothWaitAsLongAsTheServerSays(Kind kind) {
        server.answers(503).with("Retry-After", "7");
        runner.run(context -> {
            fail(context, kind);

            assertThat(context.getBean(ImpatientTime.class).delays()).containsExactly(Duration.ofSeconds(7));
            assertThat(server.requests()).isEqualTo(2);
            assertThat(payments(context).state()).isEqualTo(CircuitState.OPEN);
            assertThat(payments(context).retryAfter()).contains(Duration.ofSeconds(7));
            assertThatExceptionOfType(CallNotPermittedException.class)
                    .isThrownBy(() -> kind.call.accept(context.getBean(Shop.class)));
        });
    }

    @ParameterizedTest
    @EnumSource
    void neitherWaitsLongerThanTheSettingsAllow(Kind kind) {
        server.answers(429).with("Retry-After", "700");
        runner.withPropertyValues(
                        "breaker.instances.payments.max-retry-after=10s",
                        "breaker.instances.payments.retry.max-retry-after=20s")
                .run(context -> {
                    fail(context, kind);

                    assertThat(context.getBean(ImpatientTime.class).delays()).containsExactly(Duration.ofSeconds(20));
                    assertThat(payments(context).retryAfter()).contains(Duration.ofSeconds(10));
                });
    }

    private static void fail(ApplicationContext context, Kind kind) {
        assertThat(catchThrowable(() -> kind.call.accept(context.getBean(Shop.class))))
                .isNotNull()
                .extracting(thrown -> Arrays.stream(
                                thrown.getClass().getPackageName().split("\\."))
                        .anyMatch("springframework"::equals))
                .isEqualTo(true);
    }

    private static CircuitSnapshot payments(ApplicationContext context) {
        return context.getBean(CircuitBreakerRegistry.class)
                .find("payments")
                .orElseThrow()
                .snapshot();
    }
}
