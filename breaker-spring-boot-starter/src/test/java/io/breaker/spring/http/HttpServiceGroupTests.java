package io.breaker.spring.http;

import static io.breaker.spring.http.HttpShop.totals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.annotation.CircuitBreaker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.HttpServiceGroup.ClientType;
import org.springframework.web.service.registry.ImportHttpServices;

/** HTTP interface clients that are guarded by the name of their group. */
class HttpServiceGroupTests {

    private final LoopbackServer server = new LoopbackServer();

    @AfterEach
    void stop() {
        server.close();
    }

    interface Payments {

        @GetExchange("/receipt")
        String receipt();
    }

    interface Orders {

        @CircuitBreaker(name = "orders", tripper = "failureStreak(3)")
        @GetExchange("/order")
        String order();
    }

    interface ReactivePayments {

        @GetExchange("/receipt")
        String receipt();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(group = "payments", types = Payments.class)
    @ImportHttpServices(group = "orders", types = Orders.class)
    @ImportHttpServices(group = "reactive", types = ReactivePayments.class, clientType = ClientType.WEB_CLIENT)
    static class Groups {}

    @Test
    void serverErrorsOpenTheBreakerOfTheGroup() {
        runner().withPropertyValues("breaker.http.clients.payments.failures=5xx")
                .run(context -> {
                    Payments payments = context.getBean(Payments.class);
                    assertThat(payments.receipt()).isEqualTo("answer");
                    server.answers(503);
                    for (int call = 0; call < 3; call++) {
                        assertThatExceptionOfType(HttpServerErrorException.class)
                                .isThrownBy(payments::receipt);
                    }

                    assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(payments::receipt);
                    assertThat(server.requests()).isEqualTo(4);
                    assertThat(totals(context, "payments").failed()).isEqualTo(3);
                });
    }

    @Test
    void theBreakerIsThereFromTheStartOn() {
        runner().withPropertyValues("breaker.http.clients.payments.breaker=money")
                .run(context -> assertThat(context.getBean(CircuitBreakerRegistry.class)
                                .find("money")
                                .orElseThrow()
                                .state())
                        .isEqualTo(CircuitState.CLOSED));
    }

    @Test
    void aGroupThatNoPropertySpeaksOfIsNotGuarded() {
        runner().run(context -> {
            context.getBean(Payments.class).receipt();

            assertThat(context.getBean(CircuitBreakerRegistry.class).find("payments"))
                    .isEmpty();
        });
    }

    @Test
    void theGroupIsMoreExactThanAHost() {
        runner().withPropertyValues("breaker.http.clients.payments.failures=5xx", "breaker.http.clients.all.hosts=*")
                .run(context -> {
                    context.getBean(Payments.class).receipt();

                    assertThat(totals(context, "payments").succeeded()).isEqualTo(1);
                    assertThat(totals(context, "all").succeeded()).isZero();
                });
    }

    @Test
    void aGroupOfAnotherNameIsGuardedByHost() {
        runner().withPropertyValues("breaker.http.clients.all.hosts=*").run(context -> {
            context.getBean(Payments.class).receipt();
            context.getBean(ReactivePayments.class).receipt();

            assertThat(totals(context, "all").succeeded()).isEqualTo(2);
        });
    }

    @Test
    void anAnnotationOfTheSameBreakerCountsACallOnce() {
        runner().withPropertyValues("breaker.http.clients.orders.failures=5xx").run(context -> {
            context.getBean(Orders.class).order();
            server.answers(503);
            assertThatExceptionOfType(HttpServerErrorException.class)
                    .isThrownBy(() -> context.getBean(Orders.class).order());

            assertThat(totals(context, "orders").succeeded()).isEqualTo(1);
            assertThat(totals(context, "orders").failed()).isEqualTo(1);
        });
    }

    @Test
    void aGroupOfWebClientsIsGuardedToo() {
        runner().withPropertyValues("breaker.http.clients.reactive.failures=5xx")
                .run(context -> {
                    ReactivePayments payments = context.getBean(ReactivePayments.class);
                    server.answers(503);
                    for (int call = 0; call < 3; call++) {
                        assertThatExceptionOfType(WebClientResponseException.class)
                                .isThrownBy(payments::receipt);
                    }

                    assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(payments::receipt);
                    assertThat(server.requests()).isEqualTo(3);
                });
    }

    private ApplicationContextRunner runner() {
        return HttpShop.runner()
                .withUserConfiguration(Groups.class)
                .withBean(
                        "baseUrls",
                        RestClientHttpServiceGroupConfigurer.class,
                        () -> groups -> groups.forEachClient((group, builder) -> builder.baseUrl(server.url())))
                .withBean(
                        "reactiveBaseUrls",
                        WebClientHttpServiceGroupConfigurer.class,
                        () -> groups -> groups.forEachClient((group, builder) -> builder.baseUrl(server.url())));
    }
}
