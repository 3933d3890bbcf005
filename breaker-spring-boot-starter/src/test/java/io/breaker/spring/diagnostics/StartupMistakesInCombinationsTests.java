package io.breaker.spring.diagnostics;

import static io.breaker.spring.diagnostics.Row.yaml;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the user is told of settings that are each right, but do not fit together. */
class StartupMistakesInCombinationsTests {

    private static final String FIT = "Change one of the settings so that they fit together.";

    @TestFactory
    Stream<DynamicTest> settingsThatDoNotFit() {
        return Row.tests(
                payments(
                        "minRequests above the window",
                        "{window: count(10), tripper: minRequests(20) & failureRate(0.5)}",
                        """
                        minRequests(20) can never hold: the window count(10) holds at most 10 calls
                        - Property 'breaker.instances.payments.window' (application.yaml - 1:38)
                        - Property 'breaker.instances.payments.tripper' (application.yaml - 1:58)
                        """,
                        FIT,
                        "{window: count(20), tripper: minRequests(20) & failureRate(0.5)}"),
                payments(
                        "the default's minRequests above the window",
                        "{window: count(10)}",
                        """
                        minRequests(20) can never hold: the window count(10) holds at most 10 calls
                        - Property 'breaker.instances.payments.window' (application.yaml - 1:38)
                        - the tripper is the default
                        """,
                        FIT,
                        "{window: count(20)}"),
                payments(
                        "failureCount above the window",
                        "{window: count(50), tripper: failureCount(60)}",
                        """
                        failureCount(60) can never hold: the window count(50) holds at most 50 calls
                        - Property 'breaker.instances.payments.window' (application.yaml - 1:38)
                        - Property 'breaker.instances.payments.tripper' (application.yaml - 1:58)
                        """,
                        FIT,
                        "{window: time(60s), tripper: failureCount(60)}"),
                payments(
                        "a latency rule without latency",
                        "{tripper: 'slowRate(0.5, 1s)', measure-latency: false}",
                        """
                        measureLatency must be true for a tripper with a latency rule: slowRate(0.5, 1s)
                        - Property 'breaker.instances.payments.tripper' (application.yaml - 1:39)
                        - Property 'breaker.instances.payments.measure-latency' (application.yaml - 1:77)
                        """,
                        FIT,
                        "{tripper: 'failureRate(0.5)', measure-latency: false}"),
                payments(
                        "a budget below the first delay",
                        "{retry: {budget: 50ms, initial-delay: 100ms}}",
                        """
                        no failed call would be made again: the budget is over after 50ms, and the first delay takes \
                        80ms or longer
                        - Property 'breaker.instances.payments.retry.budget' (application.yaml - 1:46)
                        - Property 'breaker.instances.payments.retry.initial-delay' (application.yaml - 1:67)
                        """,
                        "Make the budget longer, or the first delay shorter.",
                        "{retry: {budget: 500ms, initial-delay: 100ms}}"));
    }

    @TestFactory
    Stream<DynamicTest> trippersThatNeverHold() {
        String exclude = "Take out one of the rules that exclude each other.";
        String forEver = ", where a service that stays down would be probed for ever: ";
        return Row.tests(
                tripper(
                        "closed & failureRate(0.5)",
                        "the tripper can never hold in HALF_OPEN" + forEver,
                        "Add a rule for HALF_OPEN: (closed & failureRate(0.5)) | (halfOpened & failureRate(0.5))",
                        "(closed & failureRate(0.5)) | (halfOpened & failureRate(0.5))"),
                tripper(
                        "halfOpened & failureRate(0.5)",
                        "the tripper can never hold in CLOSED, so the circuit would never open: ",
                        "Add a rule for CLOSED: (halfOpened & failureRate(0.5)) | (closed & failureRate(0.5))",
                        "failureRate(0.5)"),
                tripper(
                        "failureRate(0.5) & !failureRate(0.3)",
                        "rules of the tripper exclude each other: it can never hold in CLOSED, so the circuit would never"
                                + " open: ",
                        exclude,
                        "failureRate(0.3) & !failureRate(0.5)"),
                tripper(
                        "slowRate(0.5, 3s) & !slowRate(0.5, 1s)",
                        "rules of the tripper exclude each other: it can never hold in CLOSED, so the circuit would never"
                                + " open: ",
                        exclude,
                        "slowRate(0.5, 1s) & !slowRate(0.5, 3s)"),
                tripper(
                        "(closed & failureStreak(5)) | (halfOpened & failureCount(3) & !failureCount(3))",
                        "rules of the tripper exclude each other: it can never hold in HALF_OPEN" + forEver,
                        exclude,
                        "(closed & failureStreak(5)) | (halfOpened & failureCount(3) & !failureCount(9))"));
    }

    @TestFactory
    Stream<DynamicTest> breakersThatNobodyHasAskedForYet() {
        return Row.tests(
                yaml(
                        "an instance",
                        "breaker.instances.later: {window: count(10), tripper: minRequests(20) & failureRate(0.5)}",
                        """
                        Circuit breaker 'later' is not valid:

                            minRequests(20) can never hold: the window count(10) holds at most 10 calls
                            - Property 'breaker.instances.later.window' (application.yaml - 1:35)
                            - Property 'breaker.instances.later.tripper' (application.yaml - 1:55)
                        """,
                        FIT,
                        "breaker.instances.later: {window: count(10), tripper: minRequests(5) & failureRate(0.5)}"),
                yaml(
                        "the breakers of an HTTP client's hosts",
                        """
                        breaker.http.clients.shop.per-host: true
                        breaker.instances.shop.tripper: closed & failureRate(0.5)
                        """,
                        """
                        Circuit breaker 'shop' is not valid:

                            the tripper can never hold in HALF_OPEN, where a service that stays down would be probed \
                        for ever: closed & failureRate(0.5)
                            - Property 'breaker.instances.shop.tripper' (application.yaml - 2:33)
                        """,
                        "Add a rule for HALF_OPEN: (closed & failureRate(0.5)) | (halfOpened & failureRate(0.5))",
                        """
                        breaker.http.clients.shop.per-host: true
                        breaker.instances.shop.tripper: failureRate(0.5)
                        """),
                yaml("a host that two clients name", """
                        breaker.http.clients:
                          shop: { hosts: example.com }
                          stock: { hosts: [Example.com] }
                        """, """
                        Property 'breaker.http.clients.stock.hosts' (application.yaml - 3:20) is not valid:

                            'example.com' stands at the client 'shop' already
                        """, "Name it once.", """
                        breaker.http.clients:
                          shop: { hosts: example.com }
                          stock: { hosts: "*.example.com" }
                        """));
    }

    private static Row payments(String name, String settings, String problem, String action, String mended) {
        String property = "breaker.instances.payments: ";
        return yaml(
                name,
                property + settings,
                "Circuit breaker 'payments' is not valid:\n\n" + problem.indent(4),
                action,
                property + mended);
    }

    private static Row tripper(String tripper, String problem, String action, String mended) {
        String place = "\n- Property 'breaker.defaults.tripper' (application.yaml - 1:27)";
        return yaml(
                tripper,
                "breaker.defaults.tripper: \"" + tripper + "\"",
                "Circuit breaker 'payments' is not valid:\n\n" + (problem + tripper + place).indent(4),
                action,
                "breaker.defaults.tripper: \"" + mended + "\"");
    }
}
