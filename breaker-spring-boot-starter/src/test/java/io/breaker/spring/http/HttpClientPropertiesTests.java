package io.breaker.spring.http;

import static io.breaker.spring.http.HttpShop.totals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.testing.ManualTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Clients that are guarded by a property, or by one line and a property. */
class HttpClientPropertiesTests {

    private final LoopbackServer server = new LoopbackServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aPropertyWithHostsGuardsEveryClientThatSpringBootBuilds() {
        HttpShop.runner()
                .withUserConfiguration(WebClients.class)
                .withPropertyValues("breaker.http.clients.payments.hosts=127.0.0.1:" + server.port())
                .run(context -> {
                    assertThat(context.getBean(CircuitBreakerRegistry.class).find("payments"))
                            .isPresent();
                    String url = server.url();
                    restClient(context).get().uri(url).retrieve().toBodilessEntity();
                    context.getBean(RestTemplateBuilder.class).build().getForObject(url, String.class);
                    context.getBean(WebClient.Builder.class)
                            .build()
                            .get()
                            .uri(url)
                            .retrieve()
                            .toBodilessEntity()
                            .block();

                    assertThat(totals(context, "payments").succeeded()).isEqualTo(3);
                });
    }

    @Test
    void otherHostsAreNotGuarded() {
        HttpShop.runner()
                .withPropertyValues("breaker.http.clients.payments.hosts=payments.example.com")
                .run(context -> {
                    restClient(context).get().uri(server.url()).retrieve().toBodilessEntity();

                    assertThat(totals(context, "payments").succeeded()).isZero();
                });
    }

    @Test
    void ofTwoThatFitTheMoreExactOneCounts() {
        HttpShop.runner()
                .withPropertyValues(
                        "breaker.http.clients.all.hosts=*",
                        "breaker.http.clients.payments.hosts=127.0.0.1:" + server.port())
                .run(context -> {
                    restClient(context).get().uri(server.url()).retrieve().toBodilessEntity();

                    assertThat(totals(context, "payments").succeeded()).isEqualTo(1);
                    assertThat(totals(context, "all").succeeded()).isZero();
                });
    }

    @Test
    void aNameInCodeTakesItsPropertiesAlong() {
        HttpShop.runner()
                .withPropertyValues(
                        "breaker.http.clients.payments.breaker=money", "breaker.http.clients.payments.failures=404")
                .run(context -> {
                    RestClient client = RestClient.builder()
                            .requestInterceptor(
                                    context.getBean(HttpClientBreakers.class).interceptor("payments"))
                            .build();
                    assertThat(failureOf(client, 404)).isNotNull();
                    assertThat(failureOf(client, 500)).isNotNull();

                    assertThat(totals(context, "money").failed()).isEqualTo(1);
                    assertThat(totals(context, "money").succeeded()).isEqualTo(1);
                });
    }

    @Test
    void aNameInCodeNeedsNoProperty() {
        HttpShop.runner().run(context -> {
            RestClient client = RestClient.builder()
                    .requestInterceptor(
                            context.getBean(HttpClientBreakers.class).interceptor("payments"))
                    .build();
            for (int call = 0; call < 3; call++) {
                assertThat(failureOf(client, 503)).isNotNull();
            }

            assertThat(failureOf(client, 503)).isInstanceOf(CallNotPermittedException.class);
            assertThat(server.requests()).isEqualTo(3);
        });
    }

    @Test
    void eachHostHasABreakerThatStartsFromTheSettingsOfTheClients() {
        try (LoopbackServer other = new LoopbackServer()) {
            HttpShop.runner()
                    .withPropertyValues(
                            "breaker.http.clients.payments.hosts=*",
                            "breaker.http.clients.payments.per-host=true",
                            "breaker.instances.payments.tripper=failureStreak(1)")
                    // Not a property value of the runner, which takes the colon for an equals sign.
                    .withInitializer(context -> context.getEnvironment()
                            .getPropertySources()
                            .addFirst(new MapPropertySource(
                                    "host",
                                    Map.of(
                                            "breaker.instances[payments@127.0.0.1:" + other.port() + "].cooldown",
                                            "fixed(9s)"))))
                    .run(context -> {
                        RestClient client = restClient(context);
                        other.answers(500);
                        assertThat(catchThrowable(() ->
                                        client.get().uri(other.url()).retrieve().toBodilessEntity()))
                                .isNotNull();
                        client.get().uri(server.url()).retrieve().toBodilessEntity();

                        CircuitBreaker down = breaker(context, "payments@127.0.0.1:" + other.port());
                        assertThat(down.state()).isEqualTo(CircuitState.OPEN);
                        assertThat(down.snapshot().retryAfter()).contains(Duration.ofSeconds(9));
                        assertThat(breaker(context, "payments@127.0.0.1:" + server.port())
                                        .state())
                                .isEqualTo(CircuitState.CLOSED);
                    });
        }
    }

    @Test
    void hostsBeyondTheBoundShareTheBreakerOfTheClientsName() {
        try (LoopbackServer other = new LoopbackServer()) {
            HttpShop.runner()
                    .withPropertyValues(
                            "breaker.http.clients.payments.hosts=*",
                            "breaker.http.clients.payments.per-host=true",
                            "breaker.http.clients.payments.max-hosts=1")
                    .run(context -> {
                        RestClient client = restClient(context);
                        client.get().uri(server.url()).retrieve().toBodilessEntity();
                        client.get().uri(other.url()).retrieve().toBodilessEntity();

                        assertThat(context.getBean(CircuitBreakerRegistry.class).all())
                                .extracting(CircuitBreaker::name)
                                .containsExactly("payments", "payments@127.0.0.1:" + server.port());
                    });
        }
    }

    @Test
    void aCooldownHeedsTheServerUpToItsLimit() {
        HttpShop.runner()
                .withPropertyValues(
                        "breaker.http.clients.payments.hosts=*", "breaker.instances.payments.max-retry-after=30s")
                .run(context -> {
                    server.answers(503).with("Retry-After", "3600");
                    for (int call = 0; call < 3; call++) {
                        assertThat(failureOf(restClient(context), 503)).isNotNull();
                    }

                    assertThat(breaker(context, "payments").snapshot().retryAfter())
                            .contains(Duration.ofSeconds(30));
                    context.getBean(ManualTime.class).advance(Duration.ofSeconds(30));
                    server.answers(200);
                    restClient(context).get().uri(server.url()).retrieve().toBodilessEntity();
                });
    }

    @Test
    void whatIsNotEnabledIsNotGuarded() {
        assertPassesUncounted("breaker.enabled=false");
        assertPassesUncounted("breaker.instances.payments.enabled=false");
    }

    private void assertPassesUncounted(String property) {
        HttpShop.runner()
                .withPropertyValues("breaker.http.clients.payments.hosts=*", property)
                .run(context -> {
                    restClient(context).get().uri(server.url()).retrieve().toBodilessEntity();

                    assertThat(context.getBean(CircuitBreakerRegistry.class).all())
                            .allSatisfy(breaker -> assertThat(
                                            breaker.snapshot().totals().succeeded())
                                    .isZero());
                });
    }

    @Test
    void anInterceptorInABeanOfTheApplicationIsOneLine() {
        HttpShop.runner().withUserConfiguration(OwnCustomizer.class).run(context -> {
            restClient(context).get().uri(server.url()).retrieve().toBodilessEntity();

            assertThat(totals(context, "payments").succeeded()).isEqualTo(1);
        });
    }

    @Test
    void aRejectionReachesTheCallerAsItIs() {
        HttpShop.runner()
                .withPropertyValues(
                        "breaker.http.clients.payments.hosts=*", "breaker.instances.payments.initial-state=forced-open")
                .run(context -> {
                    assertThat(failureOf(restClient(context), 200)).isInstanceOf(CallNotPermittedException.class);
                    assertThatExceptionOfType(CallNotPermittedException.class)
                            .isThrownBy(() -> context.getBean(RestTemplateBuilder.class)
                                    .build()
                                    .getForObject(server.url(), String.class));
                    assertThat(server.requests()).isZero();
                });
    }

    private Throwable failureOf(RestClient client, int status) {
        server.answers(status);
        return catchThrowable(() -> client.get().uri(server.url()).retrieve().toBodilessEntity());
    }

    private static RestClient restClient(ApplicationContext context) {
        return context.getBean(RestClient.Builder.class).build();
    }

    private static CircuitBreaker breaker(ApplicationContext context, String name) {
        return context.getBean(CircuitBreakerRegistry.class).find(name).orElseThrow();
    }

    /** What Spring Boot's module for {@link WebClient} does. */
    @Configuration(proxyBeanMethods = false)
    static class WebClients {

        @Bean
        @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
        WebClient.Builder webClientBuilder() {
            return WebClient.builder();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnCustomizer {

        @Bean
        RestClientCustomizer guarded(HttpClientBreakers breakers) {
            return builder -> builder.requestInterceptor(breakers.interceptor("payments"));
        }
    }
}
