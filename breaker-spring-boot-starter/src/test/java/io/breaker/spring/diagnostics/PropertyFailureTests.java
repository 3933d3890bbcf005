package io.breaker.spring.diagnostics;

import static io.breaker.spring.diagnostics.FailingApplication.messageOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.spring.annotation.CircuitBreaker;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the user is told of a wrong property. */
class PropertyFailureTests {

    @Test
    void unknownNameInAnExpression() {
        assertThat(messageOf("""
                        breaker:
                          instances:
                            payments:
                              window: "time(60s)"
                              tripper: "minRequests(20) & failurRate(0.5)"
                        """)).isEqualTo("""
                        Property 'breaker.instances.payments.tripper' (application.yaml - 5:16) is not valid:

                            unknown name 'failurRate'
                            minRequests(20) & failurRate(0.5)
                                              ^
                        ->
                        Did you mean 'failureRate'? Known names: avgLatency, closed, failureCount, failureRate, \
                        failureStreak, halfOpened, minRequests, slowRate. A bean of type Tripper adds its name to them.""");
    }

    @Test
    void wrongArgumentInTheSecondLineOfAnExpression() {
        assertThat(messageOf("""
                        breaker:
                          defaults:
                            tripper: |
                              minRequests(20)
                              & failureRate(1.5)
                        """)).isEqualTo("""
                        Property 'breaker.defaults.tripper' (application.yaml - 3:14) is not valid:

                            failureRate must be in (0.0, 1.0]: 1.5
                            & failureRate(1.5)
                                          ^
                        ->
                        Write a tripper such as minRequests(20) & failureRate(0.5).""");
    }

    @Test
    void unknownBean() {
        ApplicationContextRunner application =
                new ApplicationContextRunner().withBean("notFound", Tracker.class, () -> thrown -> true);
        assertThat(messageOf(application, """
                        breaker.configs.external-api.tracker: "!notFund"
                        """)).isEqualTo("""
                        Property 'breaker.configs.external-api.tracker' (application.yaml - 1:39) is not valid:

                            unknown name 'notFund'
                            !notFund
                             ^
                        ->
                        Did you mean 'notFound'? Known names: all, causedBy, httpStatus, notFound, typeOf. \
                        A bean of type Tracker adds its name to them.""");
    }

    @Test
    void unknownExceptionClass() {
        assertThat(messageOf("""
                        breaker.defaults.tracker: typeOf(java.io.IOException, java.io.IOEception)
                        """)).isEqualTo("""
                        Property 'breaker.defaults.tracker' (application.yaml - 1:27) is not valid:

                            class not found: java.io.IOEception
                            typeOf(java.io.IOException, java.io.IOEception)
                                                        ^
                        ->
                        Write a tracker such as typeOf(java.io.IOException).""");
    }

    @Test
    void expressionsOfEveryOtherKind() {
        assertThat(messageOf("breaker.defaults.window: time(60)")).contains("""
                            a duration needs a unit, one of ms, s, m and h: '60'
                            time(60)
                                 ^
                        ->
                        Write a window such as count(100) or time(60s).""");
        assertThat(messageOf("breaker.defaults.cooldown: fixd(60s)")).contains("Did you mean 'fixed'?");
        assertThat(messageOf("breaker.defaults.permit: all | all")).contains("""
                            all | all
                                ^
                        ->
                        Write a permit such as concurrent(3) or rampUp(0.1, 1.0, 60s).""");
    }

    @Test
    void valueOutOfRange() {
        assertThat(messageOf("breaker.instances.payments.success-threshold: 0")).isEqualTo("""
                        Property 'breaker.instances.payments.success-threshold' (application.yaml - 1:47) is not valid:

                            successThreshold must be at least 1: 0
                        ->
                        Write a number from 1 on.""");
        assertThat(messageOf("breaker.configs.external-api.probe-timeout: -1s")).isEqualTo("""
                        Property 'breaker.configs.external-api.probe-timeout' (application.yaml - 1:45) is not valid:

                            probeTimeout must not be negative: PT-1S
                        ->
                        Write a duration such as 60s, or 0s to wait for ever.""");
        assertThat(messageOf("breaker.defaults.initial-state: open")).isEqualTo("""
                        Property 'breaker.defaults.initial-state' (application.yaml - 1:33) is not valid:

                            initialState must be CLOSED, METRICS_ONLY, DISABLED or FORCED_OPEN: OPEN
                        ->
                        Write closed, metrics-only, disabled or forced-open.""");
    }

    @Test
    void unknownBaseConfig() {
        assertThat(messageOf("""
                        breaker:
                          configs:
                            external-api:
                              success-threshold: 3
                          instances:
                            payments:
                              base-config: externalapi
                        """)).isEqualTo("""
                        Property 'breaker.instances.payments.base-config' (application.yaml - 7:20) is not valid:

                            breaker.configs has no entry 'externalapi'
                        ->
                        Did you mean 'external-api'? Known entries of breaker.configs: external-api.""");
    }

    @Test
    void unknownResultTracker() {
        assertThat(messageOf("breaker.instances.orderService.result-tracker: emptyReceipt"))
                .isEqualTo("""
                        Property 'breaker.instances.orderService.result-tracker' (application.yaml - 1:48) is not valid:

                            no bean of type java.util.function.Predicate has the name 'emptyReceipt'
                        ->
                        There are no predicate beans.""");
    }

    @Test
    void nameWithASlash() {
        assertThat(messageOf("breaker.instances[a/b].success-threshold: 3")).isEqualTo("""
                        Property 'breaker.instances[a/b]' is not valid:

                            the name of a circuit breaker must not contain '/': a/b
                        ->
                        Change the name.""");
    }

    @Test
    void minRequestsThatTheWindowCannotHold() {
        assertThat(messageOf(
                        "breaker.instances.payments: {window: count(10), tripper: minRequests(20)}", Guarded.class))
                .isEqualTo("""
                        Circuit breaker 'payments' is not valid:

                            minRequests(20) can never hold: the window count(10) holds at most 10 calls
                            - Property 'breaker.instances.payments.window' (application.yaml - 1:38)
                            - Property 'breaker.instances.payments.tripper' (application.yaml - 1:58)
                        ->
                        Change one of the settings so that they fit together.""");
    }

    @Test
    void latencyRuleWithoutLatency() {
        assertThat(messageOf(
                        "breaker.instances.payments: {tripper: \"slowRate(0.5, 1s)\", measure-latency: false}",
                        Guarded.class))
                .isEqualTo("""
                        Circuit breaker 'payments' is not valid:

                            measureLatency must be true for a tripper with a latency rule: slowRate(0.5, 1s)
                            - Property 'breaker.instances.payments.tripper' (application.yaml - 1:39)
                            - Property 'breaker.instances.payments.measure-latency' (application.yaml - 1:77)
                        ->
                        Change one of the settings so that they fit together.""");
    }

    @Test
    void tripperThatCannotHoldInHalfOpen() {
        assertThat(messageOf("breaker.defaults.tripper: closed & failureRate(0.5)", Guarded.class))
                .isEqualTo("""
                        Circuit breaker 'payments' is not valid:

                            the tripper can never hold in HALF_OPEN, where a service that stays down would be probed \
                        for ever: closed & failureRate(0.5)
                            - Property 'breaker.defaults.tripper' (application.yaml - 1:27)
                        ->
                        Add a rule for HALF_OPEN: (closed & failureRate(0.5)) | (halfOpened & failureRate(0.5))""");
    }

    @Test
    void beanWithTheNameOfABuiltInTerm() {
        ApplicationContextRunner application =
                new ApplicationContextRunner().withBean("closed", Tripper.class, () -> context -> true);
        assertThat(messageOf(application, "")).isEqualTo("""
                        Bean 'closed' is not valid:

                            a bean of type io.breaker.circuitbreaker.tripper.Tripper must not have the name of a \
                        built-in term
                        ->
                        Rename the bean. Built-in terms: avgLatency, closed, failureCount, failureRate, \
                        failureStreak, halfOpened, minRequests, slowRate.""");
    }

    static class Guarded {

        @CircuitBreaker("payments")
        public void pay() {}
    }
}
