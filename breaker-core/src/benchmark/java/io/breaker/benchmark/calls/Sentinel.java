package io.breaker.benchmark.calls;

import com.alibaba.csp.sentinel.Entry;
import com.alibaba.csp.sentinel.SphU;
import com.alibaba.csp.sentinel.Tracer;
import com.alibaba.csp.sentinel.node.ClusterNode;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import com.alibaba.csp.sentinel.slots.block.RuleConstant;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRule;
import com.alibaba.csp.sentinel.slots.block.degrade.DegradeRuleManager;
import com.alibaba.csp.sentinel.slots.block.degrade.circuitbreaker.EventObserverRegistry;
import com.alibaba.csp.sentinel.slots.clusterbuilder.ClusterBuilderSlot;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** One resource of Sentinel with a rule that opens its circuit. Sentinel keeps both in statics. */
final class Sentinel {

    private static final String RESOURCE = "benchmark";
    private static final int MINUTE = 60_000;

    private final AtomicInteger transitions = new AtomicInteger();

    Sentinel(Settings settings) {
        EventObserverRegistry.getInstance()
                .addStateChangeObserver(RESOURCE, (from, to, rule, value) -> transitions.incrementAndGet());
        DegradeRuleManager.loadRules(List.of(new DegradeRule(RESOURCE)
                .setGrade(RuleConstant.DEGRADE_GRADE_EXCEPTION_RATIO)
                .setCount(settings.percent / 100.0)
                .setMinRequestAmount(Settings.MIN_CALLS)
                .setStatIntervalMs(MINUTE)
                .setTimeWindow((int) Settings.COOLDOWN.toSeconds())));
    }

    Object call(Supplier<Object> work) throws BlockException {
        Entry entry = SphU.entry(RESOURCE);
        try {
            return work.get();
        } catch (RuntimeException failure) {
            Tracer.traceEntry(failure, entry);
            throw failure;
        } finally {
            entry.exit();
        }
    }

    int transitions() {
        return transitions.get();
    }

    /** Gives what Sentinel counted in about the last minute. */
    ClusterNode counts() {
        return ClusterBuilderSlot.getClusterNode(RESOURCE);
    }
}
