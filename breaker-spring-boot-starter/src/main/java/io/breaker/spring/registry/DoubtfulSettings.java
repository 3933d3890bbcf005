package io.breaker.spring.registry;

import io.breaker.bulkhead.BulkheadConfig;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.circuitbreaker.tripper.TripperReach;
import io.breaker.expression.Durations;
import io.breaker.retry.RetryConfig;
import io.breaker.timeout.TimeoutConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds settings that are hardly meant as they stand. Each can be right in some application, so it is a warning that
 * names the settings, and no reason to stop; what can be of no use to anybody is found by {@link ImpossibleSettings}.
 *
 * <ul>
 *   <li>A probe timeout below the timeout: probes that take their time, though less than they may, reopen the circuit.
 *       Others close it, so it still works. A probe waits in the bulkhead's queue too.
 *   <li>A timeout after which the budget leaves no time for a second attempt: those that fail fast are still made again.
 *   <li>A latency rule above the timeout: the timeout ends most calls before, but a plain call that ignores the interrupt
 *       takes longer, and that is its latency. With {@code timeout-interrupt: false} every plain call may, so then
 *       nothing is wrong. What a call waits for the bulkhead is no part of its latency.
 *   <li>A budget that only a lucky draw of the jitter leaves time for a second attempt, or an initial delay above the
 *       maximum, which cuts it.
 *   <li>A cooldown whose maximum cuts the first one already, such as {@code exponential(10m)} with the maximum of 5m.
 *   <li>A time to wait in a queue that has no places; an interrupt for a timeout that there is none of.
 *   <li>A tripper that holds although all calls succeed, such as {@code minRequests(20) | failureRate(0.5)}: an
 *       {@code &} was meant, or the opposite of a rule. It may be meant in a test.
 * </ul>
 */
record DoubtfulSettings(Blueprint blueprint, DecidingLayers deciding) {

    /** A cooldown as it prints itself: there is no other way to look into one that a bean may have made. */
    private static final Pattern EXPONENTIAL = Pattern.compile("exponential\\(([^,]+), .*max=([^,)]+).*");

    /** Gives what is doubtful, one sentence each. */
    List<String> find() {
        List<String> doubts = new ArrayList<>();
        doubtTripper(doubts);
        TimeoutConfig timeout = blueprint.pipeline().timeout();
        if (timeout != null) {
            doubtTimeout(timeout, doubts);
            doubtLatencyRules(timeout, doubts);
        } else {
            doubtInterrupt(doubts);
        }
        doubtCooldown(doubts);
        RetryConfig retry = blueprint.pipeline().retry();
        if (retry != null && retry.maxAttempts() > 1) {
            doubtRetry(retry, doubts);
        }
        doubtQueue(doubts);
        return List.copyOf(doubts);
    }

    private void doubtTripper(List<String> doubts) {
        if (new TripperReach(blueprint.config().tripper()).holdsAfterSuccesses()) {
            doubts.add("the tripper holds although all calls succeed: " + settings(SettingKey.TRIPPER));
        }
    }

    private void doubtCooldown(List<String> doubts) {
        Matcher cooldown = EXPONENTIAL.matcher(blueprint.config().cooldown().text());
        if (cooldown.matches()
                && Durations.parse(cooldown.group(1)).compareTo(Durations.parse(cooldown.group(2))) > 0) {
            doubts.add("the cooldown never grows, because max cuts the first one: " + settings(SettingKey.COOLDOWN));
        }
    }

    private void doubtTimeout(TimeoutConfig timeout, List<String> doubts) {
        Duration left = blueprint.config().probeTimeout().minus(timeout.limit());
        if (blueprint.config().probeTimeout().isZero()) {
            return;
        }
        if (left.isNegative()) {
            doubts.add("a probe that is not given up yet reopens the circuit, because probe-timeout is below timeout: "
                    + settings(SettingKey.PROBE_TIMEOUT, PolicyKeys.TIMEOUT));
        } else if (left.compareTo(queueTime()) < 0) {
            doubts.add(
                    "a probe that waited in the queue reopens the circuit before it is given up, because probe-timeout"
                            + " is below bulkhead.queue-timeout and timeout together: "
                            + settings(SettingKey.PROBE_TIMEOUT, PolicyKeys.QUEUE_TIMEOUT, PolicyKeys.TIMEOUT));
        }
    }

    private Duration queueTime() {
        BulkheadConfig bulkhead = blueprint.pipeline().bulkhead();
        return bulkhead == null || bulkhead.queueCapacity() == 0 ? Duration.ZERO : bulkhead.queueTimeout();
    }

    private void doubtLatencyRules(TimeoutConfig timeout, List<String> doubts) {
        List<Tripper> unreached = new TripperReach(blueprint.config().tripper()).latencyRulesAbove(timeout.limit());
        if (timeout.interrupt() && !unreached.isEmpty()) {
            doubts.add(texts(unreached) + " asks for calls that take longer than their timeout: "
                    + settings(SettingKey.TRIPPER, PolicyKeys.TIMEOUT));
        }
    }

    private static String texts(List<Tripper> terms) {
        return terms.stream().map(Tripper::text).distinct().collect(Collectors.joining(" and "));
    }

    /** Where it stands for many, some may have a timeout. */
    private void doubtInterrupt(List<String> doubts) {
        if (deciding.isSetForOne(PolicyKeys.TIMEOUT_INTERRUPT)) {
            doubts.add("without a timeout, timeout-interrupt does nothing: "
                    + deciding.place(PolicyKeys.TIMEOUT_INTERRUPT).orElseThrow());
        }
    }

    private void doubtRetry(RetryConfig retry, List<String> doubts) {
        if (deciding.place(PolicyKeys.INITIAL_DELAY).isPresent()
                && retry.backoff().initial().compareTo(retry.backoff().max()) > 0) {
            doubts.add("the first delay is cut, because retry.initial-delay is above retry.max-delay: "
                    + settings(PolicyKeys.INITIAL_DELAY, PolicyKeys.MAX_DELAY));
        }
        if (retry.budget().isZero()) {
            return;
        }
        TimeoutConfig timeout = blueprint.pipeline().timeout();
        if (FirstDelay.longest(retry).compareTo(retry.budget()) >= 0) {
            doubts.add("whether a failed call is made again is left to chance, because the first delay may take "
                    + Durations.format(FirstDelay.longest(retry)) + ": "
                    + settings(PolicyKeys.BUDGET, PolicyKeys.INITIAL_DELAY, PolicyKeys.JITTER));
        } else if (timeout != null
                && timeout.limit().plus(FirstDelay.shortest(retry)).compareTo(retry.budget()) >= 0) {
            doubts.add("a call that times out is never made again, because the budget is over by then: "
                    + settings(PolicyKeys.TIMEOUT, PolicyKeys.BUDGET));
        }
    }

    private void doubtQueue(List<String> doubts) {
        BulkheadConfig bulkhead = blueprint.pipeline().bulkhead();
        if (bulkhead != null && bulkhead.queueCapacity() == 0 && deciding.isSetForOne(PolicyKeys.QUEUE_TIMEOUT)) {
            doubts.add("without places in the queue, bulkhead.queue-timeout does nothing: "
                    + settings(PolicyKeys.QUEUE_CAPACITY, PolicyKeys.QUEUE_TIMEOUT));
        }
    }

    /** Writes settings with where they stand. */
    private String settings(SettingKey<?>... keys) {
        return Stream.of(keys).map(this::setting).collect(Collectors.joining(", "));
    }

    private String setting(SettingKey<?> key) {
        Setting setting = blueprint.settings().getOrDefault(key.name(), new Setting("?", Base.DEFAULT));
        boolean elsewhere =
                setting.origin().equals(Base.DEFAULT) || setting.origin().equals(Base.CODE);
        String place = elsewhere ? setting.origin() : deciding.place(key).orElse(setting.origin());
        return key.name() + " = " + setting.text() + " [" + place + "]";
    }
}
