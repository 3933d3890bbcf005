package io.breaker.spring.diagnostics;

import static io.breaker.spring.diagnostics.Row.value;
import static io.breaker.spring.diagnostics.Row.yaml;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the user is told of properties that do not exist, and of names that Spring Boot would change in silence. */
class StartupMistakesInKeysTests {

    private static final String OF_DEFAULTS =
            "bulkhead, cooldown, initial-state, max-retry-after, measure-latency, permit, probe-timeout,"
                    + " result-tracker, retry, success-threshold, timeout, timeout-interrupt, tracker, tripper,"
                    + " untracked, window.";

    private static final String OF_INSTANCE =
            "base-config, bulkhead, cooldown, enabled, " + OF_DEFAULTS.substring("bulkhead, cooldown, ".length());

    @TestFactory
    Stream<DynamicTest> unknownKeys() {
        return Row.tests(
                unknown(
                        "default.tripper",
                        "failureStreak(3)",
                        "Did you mean 'defaults'? Known keys: configs, defaults,"
                                + " enabled, events, health, http, instances, metrics, web.",
                        "defaults.tripper"),
                unknown(
                        "helth.open-status",
                        "DOWN",
                        "Did you mean 'health'? Known keys: configs, defaults,"
                                + " enabled, events, health, http, instances, metrics, web.",
                        "health.open-status"),
                unknown(
                        "health.open-state",
                        "DOWN",
                        "Did you mean 'open-status'? Known keys: open-status.",
                        "health.open-status"),
                unknown("defaults.enabled", "false", "Known keys: " + OF_DEFAULTS, "enabled"),
                unknown(
                        "instances.payments.triper",
                        "failureStreak(3)",
                        "Did you mean 'tripper'? Known keys: " + OF_INSTANCE,
                        "instances.payments.tripper"),
                unknown(
                        "instances.payments.retry.max-attemps",
                        "2",
                        "Did you mean 'max-attempts'? Known keys: budget,"
                                + " initial-delay, jitter, max-attempts, max-delay, max-retry-after, multiplier, on.",
                        "instances.payments.retry.max-attempts"),
                unknown(
                        "instances.payments.bulkhead.queue-size",
                        "5",
                        "Known keys: max-concurrent-calls, queue-capacity, queue-timeout.",
                        "instances.payments.bulkhead.queue-capacity"),
                unknown(
                                "configs.external.base-config",
                                "payments",
                                "Known keys: " + OF_DEFAULTS,
                                "instances.external.base-config")
                        .withMendedYaml("""
                        breaker:
                          configs.external.timeout: 2s
                          instances.payments.base-config: external
                        """),
                unknown(
                        "http.clients.shop.hots",
                        "example.com",
                        "Did you mean 'hosts'? Known keys: breaker, failures, hosts, max-hosts, per-host.",
                        "http.clients.shop.hosts"),
                unknown(
                        "http.client.shop.hosts",
                        "example.com",
                        "Did you mean 'clients'? Known keys: clients.",
                        "http.clients.shop.hosts"),
                unknown(
                        "metrics.histograms",
                        "true",
                        "Did you mean 'histogram'? Known keys: histogram.",
                        "metrics.histogram"));
    }

    @TestFactory
    Stream<DynamicTest> valuesInPlaceOfKeys() {
        String keys = "it has keys of its own, and takes no value";
        return Row.tests(
                value("instances.payments", "5", keys + ": '5'", "Known keys: " + OF_INSTANCE, "{ timeout: 2s }"),
                value(
                        "instances",
                        "payments",
                        keys + ": 'payments'",
                        "Write names below it, and settings below each name.",
                        "{ payments: { timeout: 2s } }"),
                value(
                        "defaults.retry",
                        "3",
                        keys + ": '3'",
                        "Known keys: budget, initial-delay, jitter, max-attempts,"
                                + " max-delay, max-retry-after, multiplier, on.",
                        "{ max-attempts: 3 }"),
                yaml(
                        "breaker: false",
                        "breaker: false",
                        """
                        Property 'breaker' (application.yaml - 1:10) is not valid:

                            it has keys of its own, and takes no value: false
                        """,
                        "Write keys below it, such as breaker.enabled: false",
                        "breaker.enabled: false"),
                value("instances.payments.retry.on.io", "all", keys, "", "")
                        .withDescription("""
                        Property 'breaker.instances.payments.retry.on' (application.yaml - 1:41) is not valid:

                            it takes one value, no list and no keys
                        """, "Write a tracker such as typeOf(java.io.IOException).")
                        .withMendedYaml("breaker.instances.payments.retry.on: all"));
    }

    @TestFactory
    Stream<DynamicTest> namesThatChange() {
        String dropped = "a name is read without the characters that are no letters of ASCII, digits, '-' or '_': ";
        String brackets = "Write the name in brackets: breaker.";
        return Row.tests(
                value("instances.My.Service.timeout", "2s", "", "", "")
                        .withDescription(
                                """
                        Property 'breaker.instances.my.service.timeout' (application.yaml - 1:39) is not valid:

                            there is no such property
                        """,
                                "Known keys: " + OF_INSTANCE
                                        + " A name with a dot stands in brackets, such as breaker.instances[order.place].")
                        .withMendedYaml("breaker.instances[My.Service].timeout: 2s"),
                value(
                                "instances.payment service.timeout",
                                "2s",
                                dropped + "'payment service' as 'paymentservice'",
                                brackets + "instances[payment service]. In YAML, quote it: \"[payment service]\"",
                                "")
                        .withMendedYaml("breaker.instances: {\"[payment service]\": {timeout: 2s}}"),
                value(
                                "configs.größer.timeout",
                                "2s",
                                dropped + "'größer' as 'grer'",
                                brackets + "configs[größer]. In YAML, quote it: \"[größer]\"",
                                "")
                        .withMendedYaml("breaker.configs: {\"[größer]\": {timeout: 2s}}"),
                value(
                                "http.clients.a/b.hosts",
                                "x.org",
                                dropped + "'a/b' as 'ab'",
                                brackets + "http.clients[a/b]. In YAML, quote it: \"[a/b]\"",
                                "")
                        .withMendedYaml("breaker.http.clients: {a-b: {hosts: x.org}}"),
                yaml(
                        "one name in two spellings",
                        """
                        breaker.instances:
                          orderService.timeout: 2s
                          order-service.window: count(50)
                        """,
                        """
                        Property 'breaker.instances.order-service.window' (application.yaml - 3:25) is not valid:

                            upper case and hyphens make no difference outside brackets, so the settings of \
                        'orderService' and 'order-service' are mixed
                        """,
                        "Write one name for both, or write them in brackets: breaker.instances[order-service]",
                        """
                        breaker.instances:
                          orderService.timeout: 2s
                          "[order-service].window": count(50)
                        """),
                yaml(
                        "one key in two spellings",
                        """
                        breaker.instances.payments:
                          probe-timeout: 30s
                          probeTimeout: 90s
                        """,
                        """
                        Property 'breaker.instances.payments.probeTimeout' (application.yaml - 3:17) is not valid:

                            it stands there twice:
                            - Property 'breaker.instances.payments.probe-timeout' (application.yaml - 2:18)
                        """,
                        "Write it once.",
                        "breaker.instances.payments.probe-timeout: 90s"));
    }

    @TestFactory
    Stream<DynamicTest> namesThatCannotBe() {
        return Row.tests(
                named("a/b", "must not contain '/': a/b"),
                named("a\\b", "must not contain '\\': a\\b"),
                named("a\tb", "must not contain a control character: a?b"),
                named("..", "must not be a step in a path: .."),
                named(" payments", "must not begin or end with a space: ' payments'"),
                yaml("a blank name", """
                        breaker.instances:
                          "[ ]":
                            timeout: 2s
                        """, """
                        Property 'breaker.instances[ ]' (application.yaml - 3:14) is not valid:

                            a circuit breaker must have a name
                        """, "Give it a name.", "breaker.instances.payments.timeout: 2s"));
    }

    private static Row unknown(String key, String value, String advice, String mended) {
        return value(key, value, "there is no such property", advice, "")
                .withMendedYaml("breaker." + mended + ": " + value);
    }

    private static Row named(String name, String rule) {
        return yaml(
                "the name '" + name + "'",
                """
                breaker.instances:
                  '[%s]':
                    timeout: 2s
                """.formatted(name),
                """
                Property 'breaker.instances[%s]' (application.yaml - 3:14) is not valid:

                    the name of a circuit breaker %s
                """.formatted(name, rule),
                "Change the name.",
                "breaker.instances.payments.timeout: 2s");
    }
}
