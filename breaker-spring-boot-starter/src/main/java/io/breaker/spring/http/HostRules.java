package io.breaker.spring.http;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Guards calls by the host they go to: of several rules that fit, the one that names the host most exactly counts.
 *
 * @param rules the most exact first
 */
record HostRules(List<HostRule> rules) implements HttpGuards {

    HostRules {
        rules = rules.stream()
                .sorted(Comparator.comparingInt((HostRule rule) -> rule.hosts().weight())
                        .reversed())
                .toList();
    }

    @Override
    public @Nullable HttpGuard of(URI target) {
        for (HostRule rule : rules) {
            if (rule.hosts().matches(target)) {
                return rule.guards().of(target);
            }
        }
        return null;
    }

    /**
     * What guards the calls to some hosts.
     *
     * @param hosts the hosts
     * @param guards what guards the calls to them
     */
    record HostRule(HostPattern hosts, HttpGuards guards) {}
}
