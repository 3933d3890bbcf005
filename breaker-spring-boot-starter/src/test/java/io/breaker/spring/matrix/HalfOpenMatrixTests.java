package io.breaker.spring.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.OngoingCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a probe ends, another one fits afterwards. One has to suffice: the permit is {@code concurrent(1)}. */
class HalfOpenMatrixTests {

    /** What of one outcome is recorded in HALF_OPEN. */
    private record Probe(Outcome outcome, Set<Way> ways, int successes, int failures) {}

    private static final Set<Way> ALL = Set.of(Way.values());
    private static final Set<Way> VALUES = Set.of(Way.PLAIN, Way.SUSPEND);
    private static final Set<Way> OBJECTS = Set.of(Way.STAGE, Way.COMPLETABLE, Way.FUTURE, Way.MONO, Way.FLUX);
    private static final Set<Way> LATER =
            Set.of(Way.STAGE, Way.COMPLETABLE, Way.FUTURE, Way.MONO, Way.FLUX, Way.SUSPEND);

    private static final List<Probe> TABLE = List.of(
            new Probe(Outcome.SUCCEEDS, ALL, 1, 0),
            new Probe(Outcome.FAILS, ALL, 0, 1),
            new Probe(Outcome.FAILS_IGNORED, ALL, 0, 0),
            new Probe(Outcome.HAS_ERROR, ALL, 0, 1),
            new Probe(Outcome.HAS_ERROR_AT_ONCE, ALL, 0, 1),
            new Probe(Outcome.IS_NOT_BEGUN, ALL, 0, 1),
            new Probe(Outcome.IS_REJECTED_INSIDE, ALL, 0, 0),
            new Probe(Outcome.HAS_NO_SOURCE, VALUES, 1, 0),
            new Probe(Outcome.HAS_NO_SOURCE, OBJECTS, 0, 1),
            new Probe(Outcome.IS_CANCELLED, Set.of(Way.PLAIN), 0, 1),
            new Probe(Outcome.IS_CANCELLED, LATER, 0, 0),
            new Probe(Outcome.FAILS_HALF_WAY, Set.of(Way.FLUX), 0, 1),
            new Probe(Outcome.IS_CANCELLED_HALF_WAY, Set.of(Way.FLUX), 1, 0));

    private static final List<Probe> IN_BULKHEAD_AND_TIMEOUT = List.of(
            new Probe(Outcome.IS_SLOW, ALL, 0, 1),
            new Probe(Outcome.MEETS_FULL_BULKHEAD, ALL, 0, 0),
            new Probe(Outcome.WAITS_TOO_LONG, LATER, 0, 0),
            new Probe(Outcome.IS_CANCELLED_WAITING, LATER, 0, 0));

    @ParameterizedTest
    @EnumSource
    void aProbeIsGivenBackHoweverTheCallEnds(Way way) {
        probe(Policies.ALONE, TABLE, way);
    }

    @ParameterizedTest
    @EnumSource
    void aProbeIsGivenBackWhereOtherPoliciesEndTheCall(Way way) {
        probe(Policies.BULKHEAD_AND_TIMEOUT, IN_BULKHEAD_AND_TIMEOUT, way);
    }

    private static void probe(Policies policies, List<Probe> table, Way way) {
        MatrixBench.application(policies, /* apart= */ false).run(context -> {
            MatrixBench bench = MatrixBench.in(context);
            SoftAssertions softly = new SoftAssertions();
            table.stream()
                    .filter(probe -> probe.ways.contains(way))
                    .forEach(probe -> Stream.of(false, true)
                            .forEach(orElse -> Cell.endings(way, probe.outcome)
                                    .forEach(atOnce -> check(bench, probe, way, orElse, atOnce, softly))));
            softly.assertAll();
        });
    }

    private static void check(
            MatrixBench bench, Probe probe, Way way, boolean orElse, boolean atOnce, SoftAssertions softly) {
        CircuitBreaker breaker = halfOpen(bench);
        bench.call(way, orElse, probe.outcome, atOnce);

        String place = "%s, or else: %s, at once: %s".formatted(probe, orElse, atOnce);
        softly.assertThat(breaker.state()).as(place).isEqualTo(CircuitState.HALF_OPEN);
        softly.assertThat(breaker.snapshot().probeSuccesses()).as(place).isEqualTo(probe.successes);
        softly.assertThat(breaker.snapshot().stats().failures()).as(place).isEqualTo(probe.failures);
        softly.assertThatCode(() -> breaker.begin().ignore()).as(place).doesNotThrowAnyException();
    }

    private static CircuitBreaker halfOpen(MatrixBench bench) {
        CircuitBreaker breaker = bench.breaker();
        breaker.reset();
        // The tripper wants two failures in a row, so one in HALF_OPEN does not open the circuit again.
        Stream.generate(breaker::begin).limit(2).forEach(call -> call.fail(new Exception()));
        bench.time().advance(Duration.ofSeconds(10));
        OngoingCall probe = breaker.begin();
        assertThat(breaker.state()).isEqualTo(CircuitState.HALF_OPEN);
        probe.ignore();
        return breaker;
    }
}
