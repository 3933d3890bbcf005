package io.breaker.spring.diagnostics;

import static io.breaker.spring.diagnostics.FailingApplication.configured;
import static io.breaker.spring.diagnostics.FailingApplication.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the user is told of a wrong property of a retry, a timeout or a bulkhead. */
class PolicyFailureTests {

    @Test
    void unknownNameInWhatIsRetried() {
        assertThat(messageOf("""
                        breaker:
                          instances:
                            payments:
                              retry: { max-attempts: 3, on: "typOf(java.io.IOException)" }
                        """)).isEqualTo("""
                        Property 'breaker.instances.payments.retry.on' (application.yaml - 4:37) is not valid:

                            unknown name 'typOf'
                            typOf(java.io.IOException)
                            ^
                        ->
                        Did you mean 'typeOf'? Known names: all, causedBy, httpStatus, typeOf. \
                        A bean of type Tracker adds its name to them.""");
    }

    /** Without quotes, YAML takes the key {@code on} for the truth value. */
    @Test
    void unknownNameInWhatIsRetriedUnderAQuotedKey() {
        assertThat(messageOf("breaker.defaults.retry: { 'on': oll }"))
                .startsWith("Property 'breaker.defaults.retry.on' (application.yaml - 1:33) is not valid:")
                .contains("Did you mean 'all'?");
    }

    @Test
    void numberOfAttemptsOutOfRange() {
        assertThat(messageOf("breaker.configs.external-api.retry.max-attempts: 0"))
                .isEqualTo("""
                        Property 'breaker.configs.external-api.retry.max-attempts' (application.yaml - 1:50) is not valid:

                            maxAttempts must be at least 1: 0
                        ->
                        Write a number from 1 on.""");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    timeout                       | 0s     | limit must be above 0: PT0S                  | a duration such as 2s
                    timeout                       | -1s    | limit must be above 0: PT-1S                 | a duration such as 2s
                    retry.initial-delay           | 0s     | initial must be above 0: PT0S                | a duration such as 100ms
                    retry.multiplier              | 0.5    | multiplier must be at least 1 and finite: 0.5 | a number from 1 on, such as 2
                    retry.max-delay               | 0s     | max must be above 0: PT0S                    | a duration such as 3s
                    retry.jitter                  | 100%   | jitter must be in [0.0, 1.0): 1.0            | a ratio from 0 to below 1, such as 20%
                    retry.jitter                  | little | not a ratio such as 0.5 or 50%: 'little'     | a ratio from 0 to below 1, such as 20%
                    retry.budget                  | -1s    | budget must not be negative: PT-1S           | a duration such as 10s, or 0s for no limit
                    retry.max-retry-after         | -1s    | maxRetryAfter must not be negative: PT-1S    | a duration such as 5m, or 0s to heed no failure
                    bulkhead.max-concurrent-calls | 0      | maxConcurrentCalls must be at least 1: 0     | a number from 1 on
                    bulkhead.queue-capacity       | -1     | queueCapacity must be at least 0: -1         | a number from 0 on
                    bulkhead.queue-timeout        | 0s     | queueTimeout must be above 0: PT0S           | a duration such as 500ms
                    """)
    void valueOutOfRange(String key, String value, String problem, String example) {
        String property = "breaker.instances.payments." + key;
        assertThat(messageOf(property + ": " + value))
                .isEqualTo("Property '" + property + "' (application.yaml - 1:" + (property.length() + 3)
                        + ") is not valid:\n\n    " + problem + "\n->\nWrite " + example + ".");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                    retry.max-attempt    | 'max-attempts'         | budget, initial-delay, jitter, max-attempts, max-delay, max-retry-after, multiplier, on.
                    bulkhead.queue-size  |                        | max-concurrent-calls, queue-capacity, queue-timeout.
                    bulkhed.queue-timeout | 'bulkhead'            | base-config, bulkhead, cooldown,
                    """)
    void unknownKey(String key, String meant, String known) {
        configured(new ApplicationContextRunner())
                .withPropertyValues("breaker.instances.payments." + key + "=2")
                .run(context -> {
                    FailureAnalysis analysis = new UnknownPropertyFailureAnalyzer()
                            .analyze(context.getStartupFailure(), unbound(context.getStartupFailure()));
                    assertThat(analysis.getAction()).contains("Known keys: " + known);
                    if (meant != null) {
                        assertThat(analysis.getAction()).startsWith("Did you mean '" + meant + "'? ");
                    }
                });
    }

    private static UnboundConfigurationPropertiesException unbound(Throwable failure) {
        Throwable cause = failure;
        while (!(cause instanceof UnboundConfigurationPropertiesException)) {
            cause = cause.getCause();
        }
        return (UnboundConfigurationPropertiesException) cause;
    }
}
