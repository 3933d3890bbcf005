package io.breaker.spring.diagnostics;

import static io.breaker.spring.diagnostics.Row.value;
import static io.breaker.spring.diagnostics.Row.yaml;

import io.breaker.circuitbreaker.tripper.TripContext;
import io.breaker.circuitbreaker.tripper.Tripper;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.stereotype.Component;

/** What the user is told of an expression in a property that is malformed, whether a breaker uses it or not. */
class StartupMistakesInExpressionsTests {

    private static final String TRIPPERS = "Known names: avgLatency, closed, failureCount, failureRate, failureStreak,"
            + " halfOpened, minRequests, slowRate. A bean of type Tripper adds its name to them.";

    @TestFactory
    Stream<DynamicTest> trippers() {
        return Row.tests(
                yaml(
                        "a typo in the fifth line",
                        """
                        breaker:
                          instances:
                            payments:
                              window: "time(60s)"
                              tripper: "minRequests(20) & failurRate(0.5)"
                        """,
                        """
                        Property 'breaker.instances.payments.tripper' (application.yaml - 5:16) is not valid:

                            unknown name 'failurRate'
                            minRequests(20) & failurRate(0.5)
                                              ^
                        """,
                        "Did you mean 'failureRate'? " + TRIPPERS.replace("avgLatency, ", "avgLatency, busy, "),
                        """
                        breaker.instances.payments.tripper: minRequests(20) & failureRate(0.5)
                        """),
                yaml(
                        "a wrong argument in the second line of an expression",
                        """
                        breaker:
                          defaults:
                            tripper: |
                              minRequests(20)
                              & failureRate(1.5)
                        """,
                        """
                        Property 'breaker.defaults.tripper' (application.yaml - 3:14) is not valid:

                            failureRate must be in (0.0, 1.0]: 1.5
                            & failureRate(1.5)
                                          ^
                        """,
                        "Write a tripper such as minRequests(20) & failureRate(0.5).",
                        """
                        breaker:
                          defaults:
                            tripper: |
                              minRequests(20)
                              & failureRate(0.15)
                        """),
                value(
                        "configs.unused.tripper",
                        "closed & failureRate(0.5) | halfOpened",
                        """
                        '&' and '|' stand on one level: put parentheses around one of them
                        closed & failureRate(0.5) | halfOpened
                                                  ^
                        """,
                        "Write a tripper such as minRequests(20) & failureRate(0.5).",
                        "(closed & failureRate(0.5)) | halfOpened"));
    }

    @TestFactory
    Stream<DynamicTest> trackers() {
        String trackers = "Known names: all, causedBy, httpStatus, notFound, typeOf."
                + " A bean of type Tracker adds its name to them.";
        return Row.tests(
                value(
                        "configs.external-api.tracker",
                        "'!notFund'",
                        """
                        unknown name 'notFund'
                        !notFund
                         ^
                        """,
                        "Did you mean 'notFound'? " + trackers,
                        "'!notFound'"),
                value(
                        "instances.payments.tracker",
                        "busy",
                        """
                        unknown name 'busy'
                        busy
                        ^
                        """,
                        "The bean 'busy' is of type io.breaker.circuitbreaker.tripper.Tripper, not of type"
                                + " io.breaker.circuitbreaker.tracker.Tracker.",
                        "notFound"),
                value(
                        "instances.payments.tracker",
                        "'!not-found'",
                        """
                        unknown name 'not-found'
                        !not-found
                         ^
                        """,
                        "The name of the bean 'not-found' is no Java identifier. Rename it.",
                        "'!notFound'"),
                value(
                        "defaults.tracker",
                        "typeOf(java.io.IOEception)",
                        """
                        class not found: java.io.IOEception
                        typeOf(java.io.IOEception)
                               ^
                        """,
                        "Write a tracker such as typeOf(java.io.IOException).",
                        "typeOf(java.io.IOException)"),
                value(
                        "instances.payments.retry.on",
                        "typOf(java.io.IOException)",
                        """
                        unknown name 'typOf'
                        typOf(java.io.IOException)
                        ^
                        """,
                        "Did you mean 'typeOf'? " + trackers,
                        "typeOf(java.io.IOException)"),
                yaml(
                        "a key that YAML takes for a truth value",
                        "breaker.defaults.retry: { on: oll }",
                        """
                        Property 'breaker.defaults.retry.on' (application.yaml - 1:31) is not valid:

                            unknown name 'oll'
                            oll
                            ^
                        """,
                        "Did you mean 'all'? " + trackers,
                        "breaker.defaults.retry: { on: all }"),
                value(
                        "instances.payments.tracker",
                        "${nothing}",
                        "nothing resolves the placeholder: ${nothing}",
                        "Set the property, or give the placeholder a default: ${name:default}",
                        "all"));
    }

    @TestFactory
    Stream<DynamicTest> otherKinds() {
        return Row.tests(
                value(
                        "defaults.window",
                        "time(60)",
                        """
                        a duration needs a unit, one of ms, s, m and h: '60'
                        time(60)
                             ^
                        """,
                        "Write a window such as count(100) or time(60s).",
                        "time(60s)"),
                value(
                        "instances.unused.cooldown",
                        "fixd(60s)",
                        """
                        unknown name 'fixd'
                        fixd(60s)
                        ^
                        """,
                        "Did you mean 'fixed'? Known names: exponential, fixed, indefinite, none."
                                + " A bean of type Cooldown adds its name to them.",
                        "fixed(60s)"),
                value(
                        "defaults.permit",
                        "all | all",
                        """
                        '|' cannot be used here: only '&' and parentheses combine
                        all | all
                            ^
                        """,
                        "Write a permit such as concurrent(3) or rampUp(0.1, 1.0, 60s).",
                        "all & all"));
    }

    @TestFactory
    Stream<DynamicTest> beans() {
        return Row.tests(Row.bean(
                NamedAsATerm.class,
                """
                Bean 'closed' is not valid:

                    a bean of type io.breaker.circuitbreaker.tripper.Tripper must not have the name of a built-in term
                """,
                "Rename the bean. Built-in terms: avgLatency, closed, failureCount, failureRate, failureStreak,"
                        + " halfOpened, minRequests, slowRate.",
                NamedAsNoTerm.class));
    }

    @TestFactory
    Stream<DynamicTest> configurations() {
        return Row.tests(
                yaml(
                        "an unknown base",
                        """
                        breaker:
                          configs:
                            external-api:
                              success-threshold: 3
                          instances:
                            payments:
                              base-config: externalapi
                        """,
                        """
                        Property 'breaker.instances.payments.base-config' (application.yaml - 7:20) is not valid:

                            breaker.configs has no entry 'externalapi'
                        """,
                        "Did you mean 'external-api'? Known entries of breaker.configs: external-api.",
                        """
                        breaker:
                          configs.external-api.success-threshold: 3
                          instances.payments.base-config: external-api
                        """),
                value(
                                "instances.payments.base-config",
                                "''",
                                "breaker.configs has no entry ''",
                                "There are no entries of breaker.configs.",
                                "")
                        .withMendedYaml("breaker.instances.payments.timeout: 2s"));
    }

    @Component("closed")
    static class NamedAsATerm implements Tripper {

        @Override
        public boolean trips(TripContext context) {
            return true;
        }
    }

    @Component("shut")
    static class NamedAsNoTerm extends NamedAsATerm {}
}
