package io.breaker.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.StateOverride;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerWebFluxAutoConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableReactiveWebApplicationContext;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.web.server.reactive.context.AnnotationConfigReactiveWebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Over HTTP, with a reactive Tomcat. */
class RejectionHandlerTests {

    private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner(
                    AnnotationConfigReactiveWebServerApplicationContext::new)
            .withConfiguration(
                    AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerWebFluxAutoConfiguration.class))
            .withUserConfiguration(ReactiveApplication.class);

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/mono", "/flux", "/stage", "/wrapped"})
    void answersARejectedCallWithServiceUnavailable(String path) {
        runForcedOpen((context, breaker) -> {
            HttpResponse<String> response = get(context, path);

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(response.headers().firstValue("Retry-After")).contains("10");
            assertThat(response.body())
                    .contains("\"status\":503")
                    .doesNotContainIgnoringCase("payments", "breaker", "circuit", "Exception");
        });
    }

    @Test
    void promisesNoTimeWhereNobodyKnowsIt() {
        runForcedOpen((context, breaker) -> {
            breaker.forceOpen();

            HttpResponse<String> response = get(context, "/mono");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isEmpty();
        });
    }

    @Test
    void answersACallThatFoundTheBulkheadFull() {
        runForcedOpen((context, breaker) -> {
            HttpResponse<String> response = get(context, "/full");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
            assertThat(response.body()).doesNotContainIgnoringCase("bulkhead", "orders");
        });
    }

    @Test
    void leavesOtherExceptionsAlone() {
        runForcedOpen((context, breaker) ->
                assertThat(get(context, "/broken").statusCode()).isEqualTo(500));
    }

    @Test
    void leavesAnExceptionAloneThatHasAStatusOfItsOwn() {
        runForcedOpen((context, breaker) -> {
            assertThat(get(context, "/annotated").statusCode()).isEqualTo(502);
            assertThat(get(context, "/with-status").statusCode()).isEqualTo(409);
        });
    }

    @Test
    void leavesARejectionAloneThatTheControllerHandles() {
        runForcedOpen((context, breaker) ->
                assertThat(get(context, "/handled").statusCode()).isEqualTo(402));
    }

    @Test
    void leavesAResponseAloneThatIsUnderWay() {
        MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
        exchange.getResponse().setComplete().block();
        CircuitBreaker breaker = CircuitBreaker.of("payments", CircuitBreakerConfig.ofDefaults());
        breaker.forceOpen();
        Throwable rejection = catchThrowable(breaker::begin);

        StepVerifier.create(RejectionHandler.last().handle(exchange, rejection))
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(rejection));
        assertThat(exchange.getResponse().getStatusCode()).isNull();
    }

    @Test
    void canBeTurnedOff() {
        runner.withPropertyValues("breaker.web.problem-details=false").run(context -> {
            context.getBean(CircuitBreaker.class).forceOpen();
            assertThat(get(context, "/mono").statusCode()).isEqualTo(500);
        });
    }

    @Test
    void answersBeforeSpringBootDoesAndAfterTheApplication() {
        runner.withUserConfiguration(OwnHandler.class).run(context -> {
            context.getBean(CircuitBreaker.class).forceOpen();
            assertThat(get(context, "/mono").statusCode()).isEqualTo(501);
        });
        // Stands for Spring Boot's own handler, which has this order and is defined after ours.
        runner.withInitializer(context -> context.addBeanFactoryPostProcessor(
                        beans -> beans.registerSingleton("errorWebExceptionHandler", new SpringBootLike())))
                .run(context -> {
                    context.getBean(CircuitBreaker.class).forceOpen();
                    assertThat(get(context, "/mono").statusCode()).isEqualTo(503);
                    assertThat(get(context, "/broken").statusCode()).isEqualTo(501);
                });
    }

    private void runForcedOpen(BiConsumer<AssertableReactiveWebApplicationContext, CircuitBreaker> check) {
        runner.run(context -> {
            CircuitBreaker breaker = context.getBean(CircuitBreaker.class);
            breaker.override(StateOverride.to(CircuitState.FORCED_OPEN).expiringIn(Duration.ofSeconds(10)));
            check.accept(context, breaker);
        });
    }

    private static HttpResponse<String> get(ApplicationContext context, String path) {
        int port = context.getBean(ReactiveApplication.ServerPort.class).number();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnHandler {

        @Bean
        @Order(-1)
        WebExceptionHandler ownHandler() {
            return new SpringBootLike();
        }
    }

    /** Answers everything. */
    @Order(-1)
    static class SpringBootLike implements WebExceptionHandler {

        @Override
        public Mono<Void> handle(ServerWebExchange exchange, Throwable thrown) {
            exchange.getResponse().setStatusCode(HttpStatus.NOT_IMPLEMENTED);
            return exchange.getResponse().setComplete();
        }
    }
}
