package io.breaker.spring.diagnostics;

import static io.breaker.spring.diagnostics.Row.value;
import static io.breaker.spring.diagnostics.Row.yaml;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the user is told of a wrong value of a property that is no expression. */
class StartupMistakesInPropertiesTests {

    private static final String PLACEHOLDER = "Set the property, or give the placeholder a default: ${name:default}";

    private static final String TRIPPER_EXAMPLE = "Write a tripper such as minRequests(20) & failureRate(0.5).";

    @TestFactory
    Stream<DynamicTest> durations() {
        String unit = "a duration needs a unit, one of ms, s, m, h and d\n";
        String timeout = "instances.payments.timeout";
        return Row.tests(
                value(
                        timeout,
                        "2",
                        unit + "2\n ^",
                        "Write a duration such as 2s. A bare number would be milliseconds.",
                        "2s"),
                value(
                        timeout,
                        "'${x:30}'",
                        unit + "30\n  ^",
                        "Write a duration such as 2s. A bare number would be milliseconds.",
                        "'${x:30s}'"),
                value(
                        "defaults.retry.initial-delay",
                        "100",
                        unit + "100\n   ^",
                        "Write a duration such as 100ms. A bare number would be milliseconds.",
                        "100ms"),
                value(
                        "configs.external.probe-timeout",
                        "30",
                        unit + "30\n  ^",
                        "Write a duration such as 60s, or 0s to wait for ever. A bare number would be milliseconds.",
                        "0"),
                value(timeout, "2 seconds", "not a duration: '2 seconds'", "Write a duration such as 2s.", "PT2S"),
                value(timeout, "1.5s", "not a duration: '1.5s'", "Write a duration such as 2s.", "1500ms"),
                value(timeout, "''", "it has no value", "Write a duration such as 2s, or leave it out.", "2s"),
                value(
                        timeout,
                        "${nothing}",
                        "nothing resolves the placeholder: ${nothing}",
                        PLACEHOLDER,
                        "'${nothing:2s}'"),
                value(timeout, "0s", "limit must be above 0: PT0S", "Write a duration such as 2s.", "1ms"),
                value(timeout, "-1s", "limit must be above 0: PT-1S", "Write a duration such as 2s.", "1s"),
                value(
                        "configs.external.probe-timeout",
                        "-1s",
                        "probeTimeout must not be negative: PT-1S",
                        "Write a duration such as 60s, or 0s to wait for ever.",
                        "1s"),
                value(
                        "defaults.max-retry-after",
                        "-1s",
                        "maxRetryAfter must not be negative: PT-1S",
                        "Write a duration such as 5m, or 0s to heed no failure.",
                        "0s"));
    }

    @TestFactory
    Stream<DynamicTest> numbers() {
        String threshold = "instances.payments.success-threshold";
        String fromOne = "Write a number from 1 on.";
        return Row.tests(
                value(threshold, "0", "successThreshold must be at least 1: 0", fromOne, "1"),
                value(threshold, "three", "not a whole number up to 2147483647: 'three'", fromOne, "3"),
                value(threshold, "2.5", "not a whole number: 2.5", fromOne, "2"),
                value(threshold, "'2.5'", "not a whole number up to 2147483647: '2.5'", fromOne, "'2'"),
                value("defaults.retry.max-attempts", "0", "maxAttempts must be at least 1: 0", fromOne, "1"),
                value(
                        "defaults.retry.max-attempts",
                        "3000000000",
                        "not a whole number up to 2147483647: '3000000000'",
                        fromOne,
                        "3"),
                value(
                        "defaults.retry.multiplier",
                        "0.5",
                        "multiplier must be at least 1 and finite: 0.5",
                        "Write a number from 1 on, such as 2.",
                        "1"),
                value(
                        "defaults.retry.multiplier",
                        "two",
                        "not a number: 'two'",
                        "Write a number from 1 on, such as 2.",
                        "2"),
                value(
                        "defaults.bulkhead.max-concurrent-calls",
                        "0",
                        "maxConcurrentCalls must be at least 1: 0",
                        fromOne,
                        "1"),
                value(
                        "defaults.bulkhead.queue-capacity",
                        "-1",
                        "queueCapacity must be at least 0: -1",
                        "Write a number from 0 on.",
                        "0"));
    }

    @TestFactory
    Stream<DynamicTest> otherRanges() {
        String retry = "instances.payments.retry.";
        String ratio = "Write a ratio from 0 to below 1, such as 20%.";
        return Row.tests(
                value(
                        retry + "initial-delay",
                        "0s",
                        "initial must be above 0: PT0S",
                        "Write a duration such as 100ms.",
                        "1ms"),
                value(retry + "max-delay", "0s", "max must be above 0: PT0S", "Write a duration such as 3s.", "3s"),
                value(
                        retry + "budget",
                        "-1s",
                        "budget must not be negative: PT-1S",
                        "Write a duration such as 10s, or 0s for no limit.",
                        "0s"),
                value(
                        retry + "max-retry-after",
                        "-1s",
                        "maxRetryAfter must not be negative: PT-1S",
                        "Write a duration such as 5m, or 0s to heed no failure.",
                        "5m"),
                value(retry + "jitter", "100%", "jitter must be in [0.0, 1.0): 1.0", ratio, "99%"),
                value(retry + "jitter", "20", "jitter must be in [0.0, 1.0): 20.0", ratio, "20%"),
                value(retry + "jitter", "little", "not a ratio such as 0.5 or 50%: 'little'", ratio, "0"),
                value(
                        "defaults.bulkhead.queue-timeout",
                        "0s",
                        "queueTimeout must be above 0: PT0S",
                        "Write a duration such as 500ms.",
                        "500ms"));
    }

    @TestFactory
    Stream<DynamicTest> words() {
        String instance = "instances.payments.";
        return Row.tests(
                value(
                        instance + "untracked",
                        "succes",
                        "there is no such value: 'succes'",
                        "Did you mean 'success'? Known values: ignore, success.",
                        "success"),
                value(
                        instance + "initial-state",
                        "mertics-only",
                        "there is no such value: 'mertics-only'",
                        "Did you mean 'metrics-only'? Known values: closed, disabled, forced-open, half-open,"
                                + " metrics-only, open.",
                        "metrics-only"),
                value(
                        instance + "initial-state",
                        "open",
                        "initialState must be CLOSED, METRICS_ONLY, DISABLED or FORCED_OPEN: OPEN",
                        "Write closed, metrics-only, disabled or forced-open.",
                        "forced-open"),
                value(instance + "enabled", "yess", "neither true nor false: 'yess'", "Write true or false.", "yes"),
                value("events.all", "some", "neither true nor false: 'some'", "Write true or false.", "false"),
                value(
                        instance + "measure-latency",
                        "maybe",
                        "neither true nor false: 'maybe'",
                        "Write true or false.",
                        "true"),
                yaml(
                        "a list",
                        "breaker.defaults.tripper: [failureStreak(3)]",
                        """
                        Property 'breaker.defaults.tripper' (application.yaml - 1:28) is not valid:

                            it takes one value, no list and no keys
                        """,
                        TRIPPER_EXAMPLE,
                        "breaker.defaults.tripper: failureStreak(3)"),
                value(
                        instance + "result-tracker",
                        "emptyReciept",
                        "no bean of type java.util.function.Predicate has the name 'emptyReciept'",
                        "Did you mean 'emptyReceipt'? Known predicate beans: emptyReceipt.",
                        "emptyReceipt"),
                value(
                        instance + "result-tracker",
                        "busy",
                        "no bean of type java.util.function.Predicate has the name 'busy', it is of type"
                                + " io.breaker.circuitbreaker.tripper.Tripper",
                        "Known predicate beans: emptyReceipt.",
                        "emptyReceipt"));
    }

    @TestFactory
    Stream<DynamicTest> httpClients() {
        String client = "http.clients.shop.";
        String hosts = "Write hosts such as example.com, *.example.com.";
        return Row.tests(
                value(
                        client + "failures",
                        "5xx, 600",
                        "status must be 100 to 599, or one of 1xx to 5xx: 600",
                        "Write statuses such as 5xx, 429.",
                        "5xx, 408"),
                value(client + "failures", "''", "it has no value", "Write statuses such as 5xx, 429.", "5xx"),
                value(client + "hosts", "''", "it has no value", hosts, "example.com"),
                value(
                        client + "hosts",
                        "https://example.com",
                        "hosts must be such as example.com, example.com:8443, *.example.com or *: https://example.com",
                        hosts,
                        "example.com"),
                value(
                        client + "hosts",
                        "example.com:99999",
                        "a port must be 1 to 65535: example.com:99999",
                        hosts,
                        "example.com:9999"),
                value(client + "max-hosts", "0", "max-hosts must be at least 1: 0", "Write a number from 1 on.", "1"),
                value(
                        client + "max-hosts",
                        "many",
                        "not a whole number up to 2147483647: 'many'",
                        "Write a number from 1 on.",
                        "10"),
                value(client + "breaker", "' '", "a circuit breaker must have a name", "Give it a name.", "stock"),
                value(
                        client + "breaker",
                        "a/b",
                        "the name of a circuit breaker must not contain '/': a/b",
                        "Change the name.",
                        "a-b"));
    }
}
