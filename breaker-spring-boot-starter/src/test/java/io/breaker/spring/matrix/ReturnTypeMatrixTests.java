package io.breaker.spring.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.spring.registry.PolicyTotals;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each outcome of a call, for each return type, inside each set of policies, without a fallback and with one: what the
 * caller gets, what is counted, and that all is given back.
 */
class ReturnTypeMatrixTests {

    private static final List<Row> TABLE = Row.parse("""
            # What comes of a call. "or else" is what a caller gets with a fallback, which answers "later".
            # "ran": how often the body ran. "breaker": succeeded, failed, ignored, rejected.
            # "policies": retries, timeouts, full bulkheads. "cut": how many sources were cancelled.
            #
            # outcome             | within          | types   | caller                    | or else                  |ran| breaker | policies |cut
            SUCCEEDS              | any             | all     | value                     | value                    | 1 | 1 0 0 0 | 0 0 0 | 0
            FAILS                 | without retry   | all     | IOException               | later                    | 1 | 0 1 0 0 | 0 0 0 | 0
            FAILS                 | with retry      | all     | IOException               | later                    | 2 | 0 2 0 0 | 1 0 0 | 0
            RECOVERS              | without retry   | all     | IOException               | later                    | 1 | 0 1 0 0 | 0 0 0 | 0
            RECOVERS              | with retry      | all     | value                     | value                    | 2 | 1 1 0 0 | 1 0 0 | 0
            FAILS_IGNORED         | any             | all     | IllegalArgumentException  | IllegalArgumentException | 1 | 0 0 1 0 | 0 0 0 | 0
            HAS_ERROR             | any             | all     | AssertionError            | AssertionError           | 1 | 0 1 0 0 | 0 0 0 | 0
            IS_REJECTED_INSIDE    | any             | all     | CallNotPermittedException | later                    | 1 | 0 0 1 0 | 0 0 0 | 0
            FAILS_HALF_WAY        | any             | FLUX    | IOException               | halflater                | 1 | 0 1 0 0 | 0 0 0 | 0
            IS_SLOW               | without timeout | all     | value                     | value                    | 1 | 1 0 0 0 | 0 0 0 | 0
            IS_SLOW               | TIMEOUT         | PLAIN   | CallTimeoutException      | later                    | 1 | 0 1 0 0 | 0 1 0 | 0
            IS_SLOW               | TIMEOUT         | later   | CallTimeoutException      | later                    | 1 | 0 1 0 0 | 0 1 0 | 1
            IS_SLOW               | ALL             | PLAIN   | CallTimeoutException      | later                    | 2 | 0 2 0 0 | 1 2 0 | 0
            IS_SLOW               | ALL             | later   | CallTimeoutException      | later                    | 2 | 0 2 0 0 | 1 2 0 | 2
            IS_NOT_BEGUN          | without retry   | all     | IOException               | later                    | 1 | 0 1 0 0 | 0 0 0 | 0
            IS_NOT_BEGUN          | with retry      | all     | IOException               | later                    | 2 | 0 2 0 0 | 1 0 0 | 0
            HAS_ERROR_AT_ONCE     | any             | all     | AssertionError            | AssertionError           | 1 | 0 1 0 0 | 0 0 0 | 0
            HAS_NO_SOURCE         | any             | values  | null                      | null                     | 1 | 1 0 0 0 | 0 0 0 | 0
            HAS_NO_SOURCE         | without retry   | objects | NullPointerException      | later                    | 1 | 0 1 0 0 | 0 0 0 | 0
            HAS_NO_SOURCE         | with retry      | objects | NullPointerException      | later                    | 2 | 0 2 0 0 | 1 0 0 | 0
            IS_CANCELLED          | any             | PLAIN   | InterruptedException      | later                    | 1 | 0 1 0 0 | 0 0 0 | 0
            IS_CANCELLED          | any             | later   | cancelled                 | cancelled                | 1 | 0 0 1 0 | 0 0 0 | 1
            IS_CANCELLED_HALF_WAY | any             | FLUX    | cancelled                 | cancelled                | 1 | 1 0 0 0 | 0 0 0 | 1
            IS_CANCELLED_BETWEEN  | with retry      | later   | cancelled                 | cancelled                | 1 | 0 1 0 0 | 0 0 0 | 0
            MEETS_OPEN_CIRCUIT    | any             | all     | CallNotPermittedException | later                    | 0 | 0 0 0 1 | 0 0 0 | 0
            MEETS_FULL_BULKHEAD   | with bulkhead   | all     | BulkheadFullException     | later                    | 0 | 0 0 1 0 | 0 0 1 | 0
            WAITS_FOR_SLOT        | with bulkhead   | later   | value                     | value                    | 1 | 1 0 0 0 | 0 0 0 | 0
            WAITS_TOO_LONG        | with bulkhead   | later   | BulkheadFullException     | later                    | 0 | 0 0 1 0 | 0 0 1 | 0
            IS_CANCELLED_WAITING  | with bulkhead   | later   | cancelled                 | cancelled                | 0 | 0 0 1 0 | 0 0 0 | 0
            """);

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BULKHEAD_AND_TIMEOUT")
    void aCallEndsAsTheTableSaysAndGivesAllBack(Policies policies) {
        run(policies, /* apart= */ false);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BULKHEAD_AND_TIMEOUT")
    void itEndsLikewiseWhereOtherAdviceStandsBetweenBreakerAndFallback(Policies policies) {
        run(policies, /* apart= */ true);
    }

    private static void run(Policies policies, boolean apart) {
        MatrixBench.application(policies, apart).run(context -> {
            MatrixBench bench = MatrixBench.in(context);
            SoftAssertions softly = new SoftAssertions();
            cells(policies).forEach(cell -> check(bench, cell, softly));
            softly.assertAll();
        });
    }

    /** A row that is lost, or stands there twice, changes the number. */
    @Test
    void theTableHasEachCellOnce() {
        List<List<Object>> cells = Stream.of(Policies.values())
                .flatMap(ReturnTypeMatrixTests::cells)
                .map(cell -> List.<Object>of(
                        cell.row().outcome(), cell.policies(), cell.way(), cell.orElse(), cell.endsAtOnce()))
                .toList();

        assertThat(cells).doesNotHaveDuplicates().hasSize(1378);
    }

    private static Stream<Cell> cells(Policies policies) {
        return TABLE.stream().filter(row -> row.policies().contains(policies)).flatMap(row -> Cell.of(row, policies));
    }

    private static void check(MatrixBench bench, Cell cell, SoftAssertions softly) {
        bench.breaker().reset();
        CallTotals totals = bench.totals();
        PolicyTotals beside = bench.beside();

        String ended = bench.call(cell.way(), cell.orElse(), cell.row().outcome(), cell.endsAtOnce());

        softly.assertThat(ended).as("%s: what the caller gets", cell).isEqualTo(cell.expected());
        softly.assertThat(bench.script().bodies())
                .as("%s: how often the body ran", cell)
                .isEqualTo(cell.row().bodies());
        softly.assertThat(since(totals, bench.totals()))
                .as("%s: succeeded, failed, ignored, rejected", cell)
                .isEqualTo(cell.row().totals());
        softly.assertThat(since(beside, bench.beside()))
                .as("%s: retries, timeouts, full bulkheads", cell)
                .isEqualTo(cell.row().beside());
        softly.assertThat(bench.beside().fallbacks() - beside.fallbacks())
                .as("%s: fallbacks", cell)
                .isEqualTo(cell.expectedFallbacks());
        softly.assertThat(bench.script().cancelled())
                .as("%s: cancelled sources", cell)
                .isEqualTo(cell.row().cancelled());
        checkAllIsGivenBack(bench, cell, softly);
    }

    private static void checkAllIsGivenBack(MatrixBench bench, Cell cell, SoftAssertions softly) {
        softly.assertThat(bench.bulkhead().map(Bulkhead::activeCalls).orElse(0))
                .as("%s: slots", cell)
                .isZero();
        softly.assertThat(bench.bulkhead().map(Bulkhead::queued).orElse(0))
                .as("%s: queue", cell)
                .isZero();
        softly.assertThat(bench.time().pending()).as("%s: timers", cell).isZero();
        softly.assertThat(bench.script().allEnded()).as("%s: sources", cell).isTrue();
        softly.assertThat(Thread.interrupted()).as("%s: interrupt flag", cell).isEqualTo(cell.leavesInterruptFlag());
    }

    private static List<Long> since(CallTotals before, CallTotals after) {
        return List.of(
                after.succeeded() - before.succeeded(),
                after.failed() - before.failed(),
                after.ignored() - before.ignored(),
                after.rejected() - before.rejected());
    }

    private static List<Long> since(PolicyTotals before, PolicyTotals after) {
        return List.of(
                after.retries() - before.retries(),
                after.timeouts() - before.timeouts(),
                after.bulkheadRejections() - before.bulkheadRejections());
    }
}
