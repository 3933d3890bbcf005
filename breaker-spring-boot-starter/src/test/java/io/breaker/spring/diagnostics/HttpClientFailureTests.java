package io.breaker.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.autoconfigure.BreakerHttpClientsAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the user is told when a property of an HTTP client is wrong. */
class HttpClientFailureTests {

    @Test
    void aWrongStatus() {
        assertThat(messageOf("failures: 5xx, 600")).isEqualTo("""
                Property 'breaker.http.clients.payments.failures' (application.yaml - 5:19) is not valid:

                    status must be 100 to 599, or one of 1xx to 5xx: 600
                ->
                Write statuses such as 5xx, 429.""");
    }

    @Test
    void noStatusAtAll() {
        assertThat(messageOf("failures:")).contains("failures must have at least one status");
    }

    @Test
    void aUrlInPlaceOfAHost() {
        assertThat(messageOf("hosts: https://example.com"))
                .contains(
                        "Property 'breaker.http.clients.payments.hosts'",
                        "hosts must be such as example.com, example.com:8443, *.example.com or *: https://example.com");
    }

    @Test
    void aBoundBelowOne() {
        assertThat(messageOf("max-hosts: 0"))
                .contains("Property 'breaker.http.clients.payments.max-hosts'", "max-hosts must be at least 1: 0");
    }

    @Test
    void aBreakerWithoutAName() {
        assertThat(messageOf("breaker: ' '"))
                .contains("Property 'breaker.http.clients.payments.breaker'", "a circuit breaker must have a name");
    }

    @Test
    void aHostThatTwoClientsName() {
        assertThat(FailingApplication.messageOf(runner(), """
                breaker:
                  http:
                    clients:
                      payments: { hosts: example.com }
                      orders: { hosts: Example.com }
                """))
                .contains(
                        "Property 'breaker.http.clients.orders.hosts'",
                        "'example.com' stands at the client 'payments' already");
    }

    @Test
    void anUnknownKey() {
        StringBuilder message = new StringBuilder();
        FailingApplication.configured(runner())
                .withPropertyValues("breaker.http.clients.payments.hots=example.com")
                .run(context -> message.append(new UnknownPropertyFailureAnalyzer()
                        .analyze(context.getStartupFailure())
                        .getAction()));

        assertThat(message).contains("hosts");
    }

    private static String messageOf(String setting) {
        return FailingApplication.messageOf(runner(), """
                breaker:
                  http:
                    clients:
                      payments:
                        %s
                """.formatted(setting));
    }

    private static ApplicationContextRunner runner() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(BreakerHttpClientsAutoConfiguration.class));
    }
}
