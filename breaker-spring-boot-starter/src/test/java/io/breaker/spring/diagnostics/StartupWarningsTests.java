package io.breaker.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.diagnostics.Start.Payments;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;

/** What is logged of settings that are hardly meant as they stand, or that nobody uses. */
class StartupWarningsTests {

    private static final String DOES_NOT = " is not used: no method, client or bean has asked for circuit breaker ";

    @TestFactory
    Stream<DynamicTest> doubtfulTimes() {
        return Stream.of(
                        payments(
                                "{timeout: 2m}",
                                "a probe that is not given up yet reopens the circuit, because"
                                        + " probe-timeout is below timeout: probe-timeout = 60s [default], timeout = 120s"
                                        + " [Property 'breaker.instances.payments.timeout' (application.yaml - 1:39)]",
                                "{timeout: 2m, probe-timeout: 3m}"),
                        payments(
                                "{timeout: 59900ms, bulkhead: {queue-capacity: 5}}",
                                "a probe that waited in the queue"
                                        + " reopens the circuit before it is given up, because probe-timeout is below"
                                        + " bulkhead.queue-timeout and timeout together: probe-timeout = 60s [default],"
                                        + " bulkhead.queue-timeout = 500ms [default], timeout = 59900ms"
                                        + " [Property 'breaker.instances.payments.timeout' (application.yaml - 1:39)]",
                                "{timeout: 59900ms, bulkhead: {queue-capacity: 0}}"),
                        payments(
                                "{timeout: 2s, tripper: 'slowRate(0.5, 3s)'}",
                                "slowRate(0.5, 3s) asks for calls that"
                                        + " take longer than their timeout: tripper = slowRate(0.5, 3s)"
                                        + " [Property 'breaker.instances.payments.tripper' (application.yaml - 1:52)], timeout = 2s"
                                        + " [Property 'breaker.instances.payments.timeout' (application.yaml - 1:39)]",
                                "{timeout: 2s, tripper: 'slowRate(0.5, 3s)', timeout-interrupt: false}"),
                        payments(
                                "{timeout: 2s, tripper: 'avgLatency(2001ms)'}",
                                "avgLatency(2001ms) asks for calls that"
                                        + " take longer than their timeout: tripper = avgLatency(2001ms)"
                                        + " [Property 'breaker.instances.payments.tripper' (application.yaml - 1:52)], timeout = 2s"
                                        + " [Property 'breaker.instances.payments.timeout' (application.yaml - 1:39)]",
                                "{timeout: 2s, tripper: 'avgLatency(2s)'}"),
                        payments(
                                "{timeout: 5s, retry: {budget: 5s}}",
                                "a call that times out is never made again,"
                                        + " because the budget is over by then: timeout = 5s"
                                        + " [Property 'breaker.instances.payments.timeout' (application.yaml - 1:39)],"
                                        + " retry.budget = 5s"
                                        + " [Property 'breaker.instances.payments.retry.budget' (application.yaml - 1:59)]",
                                "{timeout: 5s, retry: {budget: 6s}}"),
                        payments(
                                "{retry: {budget: 110ms}}",
                                "whether a failed call is made again is left to chance,"
                                        + " because the first delay may take 120ms: retry.budget = 110ms"
                                        + " [Property 'breaker.instances.payments.retry.budget' (application.yaml - 1:46)],"
                                        + " retry.initial-delay = 100ms [default], retry.jitter = 0.2 [default]",
                                "{retry: {budget: 121ms}}"),
                        payments(
                                "{retry: {initial-delay: 10s}}",
                                "the first delay is cut, because retry.initial-delay"
                                        + " is above retry.max-delay: retry.initial-delay = 10s"
                                        + " [Property 'breaker.instances.payments.retry.initial-delay' (application.yaml - 1:53)],"
                                        + " retry.max-delay = 3s [default]",
                                "{retry: {initial-delay: 10s, max-delay: 10s}}"),
                        payments(
                                "{cooldown: exponential(10m)}",
                                "the cooldown never grows, because max cuts the first"
                                        + " one: cooldown = exponential(600s, multiplier=2, max=300s)"
                                        + " [Property 'breaker.instances.payments.cooldown' (application.yaml - 1:40)]",
                                "{cooldown: 'exponential(10m, max=1h)'}"))
                .flatMap(WarningRow::tests);
    }

    @TestFactory
    Stream<DynamicTest> settingsThatDoNothingOrTooMuch() {
        return Stream.of(
                        payments(
                                "{bulkhead: {queue-timeout: 1s}}",
                                "without places in the queue, bulkhead.queue-timeout"
                                        + " does nothing: bulkhead.queue-capacity = 0 [default], bulkhead.queue-timeout = 1s"
                                        + " [Property 'breaker.instances.payments.bulkhead.queue-timeout'"
                                        + " (application.yaml - 1:56)]",
                                "{bulkhead: {queue-timeout: 1s, queue-capacity: 1}}"),
                        payments(
                                "{timeout-interrupt: false}",
                                "without a timeout, timeout-interrupt does nothing:"
                                        + " Property 'breaker.instances.payments.timeout-interrupt' (application.yaml - 1:49)",
                                "{timeout-interrupt: false, timeout: 2s}"),
                        payments(
                                "{tripper: 'minRequests(20) | failureRate(0.5)'}",
                                "the tripper holds although all"
                                        + " calls succeed: tripper = minRequests(20) | failureRate(0.5)"
                                        + " [Property 'breaker.instances.payments.tripper' (application.yaml - 1:39)]",
                                "{tripper: 'minRequests(20) & failureRate(0.5)'}"))
                .flatMap(WarningRow::tests);
    }

    /** Where an annotation could add to it, an instance that nobody uses is not refused. */
    @TestFactory
    Stream<DynamicTest> instancesThatNobodyUses() {
        return Stream.of(
                        new WarningRow(
                                "breaker.instances.paymets.timeout: 2s",
                                Level.INFO,
                                "Property 'breaker.instances.paymets' (application.yaml - 1:36)" + DOES_NOT
                                        + "'paymets'. Did you mean 'payments'? Known circuit breakers: orderService,"
                                        + " payments.",
                                "breaker.instances.payments.timeout: 2s"),
                        new WarningRow(
                                "breaker.http.clients.shop.breaker: stock",
                                Level.INFO,
                                "Property 'breaker.http.clients.shop' (application.yaml - 1:36) is not used: it names no"
                                        + " hosts, and no HTTP service group and no bean has asked for client 'shop'.",
                                "breaker.http.clients.shop: {breaker: stock, hosts: example.com}"),
                        new WarningRow(
                                "breaker.instances.orderservice.timeout: 2s",
                                Level.WARN,
                                "Property 'breaker.instances.orderservice' (application.yaml - 1:41) is not used: the"
                                        + " circuit breaker is called 'orderService', and upper case, hyphens and"
                                        + " underscores are part of its name. An environment variable cannot write them:"
                                        + " name the circuit breaker in a file too.",
                                "breaker.instances.orderService.timeout: 2s"),
                        new WarningRow(
                                "breaker.instances.later.window: count(10)",
                                Level.WARN,
                                """
                                Circuit breaker 'later' is not valid:

                                    minRequests(20) can never hold: the window count(10) holds at most 10 calls
                                    - Property 'breaker.instances.later.window' (application.yaml - 1:33)
                                    - the tripper is the default

                                Change one of the settings so that they fit together.""",
                                "breaker.instances.payments.window: count(20)"))
                .flatMap(WarningRow::tests);
    }

    @TestFactory
    Stream<DynamicTest> aBeanThatIsMadeLaterUsesItsInstance() {
        return Stream.of(dynamicTest(
                "lazy",
                () -> assertThat(lines(
                                "breaker.instances.orderService.timeout: 2s\nspring.main.lazy-initialization: true"))
                        .noneMatch(line -> line.contains("is not used"))));
    }

    private static WarningRow payments(String settings, String doubt, String mended) {
        String property = "breaker.instances.payments: ";
        return new WarningRow(
                property + settings, Level.WARN, "Circuit breaker 'payments': " + doubt, property + mended);
    }

    /** Something doubtful, the whole line that is logged, and what is logged nothing of. */
    private record WarningRow(String yaml, Level level, String line, String mended) {

        Stream<DynamicTest> tests() {
            return Stream.of(
                    dynamicTest(yaml, () -> assertThat(lines(yaml)).containsOnlyOnce(level + " " + line)),
                    dynamicTest(
                            mended + " - no warning",
                            () -> assertThat(lines(mended))
                                    .noneMatch(logged -> logged.startsWith("WARN") || logged.contains("is not used"))));
        }
    }

    private static List<String> lines(String yaml) {
        Logger logger = (Logger) LoggerFactory.getLogger("io.breaker.spring");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Level before = logger.getLevel();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        try {
            assertThat(Start.outcome(yaml, List.of(Payments.class, OrderService.class)))
                    .isEqualTo(Start.STARTED);
        } finally {
            logger.setLevel(before);
            logger.detachAppender(log);
        }
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }

    static class OrderService {

        @CircuitBreaker("orderService")
        public void place() {}
    }
}
