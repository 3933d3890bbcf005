package io.breaker.circuitbreaker.window;

import io.breaker.circuitbreaker.window.WindowCounter.Change;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** As {@link RingCounterLincheckTests}, for slow calls and streaks, for counters that share a tally, and for slices. */
public class WindowLincheckTests {

    private static final Duration SLOW = Duration.ofSeconds(1);
    private static final long SLICE = Duration.ofSeconds(1).toNanos();
    private static final WindowRules RULES = new WindowRules(new TreeSet<>(List.of(SLOW)), false, 0);

    /** Calls that are fast, slow or failed, and all figures of one moment. */
    public static class Ring {

        final CallTally tally = new CallTally();
        final WindowCounter counter = Window.count(3).newCounter(RULES, 0, tally);

        @Operation
        public void succeed() {
            counter.record(false, 0, 0);
        }

        @Operation
        public void succeedSlowly() {
            counter.record(false, SLOW.toNanos(), 0);
        }

        @Operation
        public void fail() {
            counter.record(true, 0, 0);
        }

        @Operation
        public int streak() {
            return counter.failureStreak();
        }

        @Operation
        public String figures() {
            return describe(counter.stats(0));
        }
    }

    /** Two breakers' worth of windows over one tally, as before and after a reconfiguration. */
    public static class Sharing extends Ring {

        private final WindowCounter other = Window.count(3).newCounter(RULES, 0, tally);

        @Operation
        public void succeedInOther() {
            other.record(false, 0, 0);
        }

        @Operation
        public void failInOther() {
            other.record(true, 0, 0);
        }

        @Operation
        public String figuresOfOther() {
            return describe(other.stats(0));
        }
    }

    /** A time window of which the threads see different slices. */
    public static class Slices {

        private final WindowCounter counter =
                Window.time(Duration.ofSeconds(60)).newCounter(RULES, 0);

        @Operation
        public void succeed() {
            counter.record(false, 0, 0);
        }

        @Operation
        public void succeedLater() {
            counter.record(false, 0, SLICE);
        }

        @Operation
        public void failLater() {
            counter.record(true, SLOW.toNanos(), SLICE);
        }

        /** So much later that the first slice has left and the second has not. */
        @Operation
        public void succeedMuchLater() {
            counter.record(false, 0, 60 * SLICE);
        }

        @Operation
        public String figures() {
            return describe(counter.stats(SLICE));
        }

        @Operation
        public String figuresMuchLater() {
            return describe(counter.stats(60 * SLICE));
        }

        @Operation
        public long newest() {
            return counter.total();
        }
    }

    /** A counter whose calls are judged as in METRICS_ONLY: those that are numbered last have the last word. */
    public abstract static class Judged {

        private final AtomicLong judgements = new AtomicLong();
        private final AtomicLong verdict = new AtomicLong();
        private final WindowCounter counter;

        Judged(int size, long watchedCalls) {
            counter = Window.count(size).newCounter(new WindowRules(new TreeSet<>(), false, watchedCalls), 0);
        }

        abstract boolean holds(WindowFigures figures);

        abstract boolean isAsked(Change change);

        @Operation
        public void succeed() {
            judge(counter.record(false, 0, 0));
        }

        @Operation
        public void fail() {
            judge(counter.record(true, 0, 0));
        }

        /** What a meter does; its figures may be some calls apart, so it tells nothing here. */
        @Operation
        public void look() {
            counter.failureStreak();
        }

        @Operation
        public boolean verdict() {
            return (verdict.get() & 1) == 1;
        }

        private void judge(Change change) {
            if (isAsked(change)) {
                long number = judgements.incrementAndGet();
                long mine = number << 1 | (holds(counter.judged()) ? 1 : 0);
                verdict.accumulateAndGet(mine, Math::max);
            }
        }
    }

    /** The newest call alone counts, and a failure is too much. */
    public static class FailureCounts extends Judged {
        public FailureCounts() {
            super(1, Long.MAX_VALUE);
        }

        @Override
        boolean holds(WindowFigures figures) {
            return figures.failures() == 1;
        }

        @Override
        boolean isAsked(Change change) {
            return change != Change.NONE;
        }
    }

    /** From the second call on half of them must not fail; better figures are not judged, as in CLOSED. */
    public static class SecondDecides extends Judged {

        private volatile boolean held;

        public SecondDecides() {
            super(4, 2);
        }

        @Override
        boolean holds(WindowFigures figures) {
            if (figures.total() >= 2 && 2 * figures.failures() >= figures.total()) {
                held = true;
            }
            return held;
        }

        @Override
        boolean isAsked(Change change) {
            return change == Change.NEWS;
        }
    }

    private static String describe(CallStats stats) {
        return describe(stats.total(), stats.failures(), stats.slow(SLOW));
    }

    private static String describe(long total, long failures, long slow) {
        return total + " calls, " + failures + " failed, " + slow + " slow";
    }

    /** The last three calls, written so that it is obviously right. */
    public static class RingModel {

        private final Deque<Character> calls = new ArrayDeque<>();
        private int streak;

        public void succeed() {
            add('+');
        }

        public void succeedSlowly() {
            add('~');
        }

        public void fail() {
            add('-');
        }

        public int streak() {
            return streak;
        }

        public String figures() {
            return describe(calls.size(), count('-'), count('~'));
        }

        private long count(char kind) {
            return calls.stream().filter(call -> call == kind).count();
        }

        private void add(char kind) {
            calls.addLast(kind);
            if (calls.size() > 3) {
                calls.removeFirst();
            }
            streak = kind == '-' ? streak + 1 : 0;
        }
    }

    /** Two windows that know nothing of each other. */
    public static class SharingModel extends RingModel {

        private final RingModel other = new RingModel();

        public void succeedInOther() {
            other.succeed();
        }

        public void failInOther() {
            other.fail();
        }

        public String figuresOfOther() {
            return other.figures();
        }
    }

    /** What {@link FailureCounts} is to say: whether the last call failed. */
    public static class LastFailed {

        private boolean failed;

        public void succeed() {
            failed = false;
        }

        public void fail() {
            failed = true;
        }

        public void look() {}

        public boolean verdict() {
            return failed;
        }
    }

    /** What {@link SecondDecides} is to say. */
    public static class HeldOnce {

        private int calls;
        private int failures;
        private boolean held;

        public void succeed() {
            add(0);
        }

        public void fail() {
            add(1);
        }

        public void look() {}

        public boolean verdict() {
            return held;
        }

        private void add(int failed) {
            calls++;
            failures += failed;
            held |= calls >= 2 && 2 * failures >= calls;
        }
    }

    /** The calls of the last 60 slices; a call whose slice has left comes too late. */
    public static class SlicesModel {

        private record Call(long slice, boolean failed) {}

        private final List<Call> calls = new ArrayList<>();
        private long newest;

        public void succeed() {
            add(0, false);
        }

        public void succeedLater() {
            add(1, false);
        }

        public void failLater() {
            add(1, true);
        }

        public void succeedMuchLater() {
            add(60, false);
        }

        public String figures() {
            return figuresAt(1);
        }

        public String figuresMuchLater() {
            return figuresAt(60);
        }

        public long newest() {
            return calls.stream().filter(call -> call.slice() > newest - 60).count();
        }

        private void add(long slice, boolean failed) {
            newest = Math.max(newest, slice);
            calls.add(new Call(slice, failed));
            // The slices 0 and 60 have one place, which the later one takes.
            calls.removeIf(call -> newest == 60 && call.slice() == 0);
        }

        private String figuresAt(long slice) {
            List<Call> inWindow =
                    calls.stream().filter(call -> call.slice() > slice - 60).toList();
            long failures = inWindow.stream().filter(Call::failed).count();
            return describe(inWindow.size(), failures, failures);
        }
    }

    @Test
    void aRingOfSlowAndFailedCallsIsThatOfAnOrderThatTheThreadsCouldHaveHad() throws NoSuchMethodException {
        List<String> after = List.of("streak", "figures", "succeed", "streak", "figures");
        check(
                Ring.class,
                RingModel.class,
                List.of("succeed", "succeed", "succeed"),
                List.of("fail", "streak"),
                List.of("succeed", "succeedSlowly"),
                after);
        check(
                Ring.class,
                RingModel.class,
                List.of("fail", "succeed"),
                List.of("succeed", "figures"),
                List.of("fail", "succeed"),
                after);
    }

    @Test
    void countersThatShareATallyKnowTheirOwnCallsOnly() throws NoSuchMethodException {
        check(
                Sharing.class,
                SharingModel.class,
                List.of("succeed"),
                List.of("succeedInOther", "succeed"),
                List.of("fail", "succeed"),
                List.of("figures", "figuresOfOther", "succeed", "figures", "failInOther", "figuresOfOther"));
    }

    @Test
    void slicesHoldEachCallWhicheverThreadBeganThem() throws NoSuchMethodException {
        check(
                Slices.class,
                SlicesModel.class,
                List.of("succeed"),
                List.of("succeed", "succeedLater"),
                List.of("failLater", "succeed"),
                List.of("figures", "newest"));
        check(
                Slices.class,
                SlicesModel.class,
                List.of("succeed", "succeedLater"),
                List.of("succeedMuchLater"),
                List.of("succeed", "failLater"),
                List.of("figuresMuchLater", "newest"));
    }

    @Test
    void theLastWordIsOnAllCallsWhoeverWroteThem() throws NoSuchMethodException {
        List<String> after = List.of("verdict");
        check(FailureCounts.class, LastFailed.class, List.of("fail"), List.of("succeed"), List.of("look"), after);
        check(FailureCounts.class, LastFailed.class, List.of("succeed"), List.of("fail"), List.of("succeed"), after);
    }

    @Test
    void aSuccessThatIsWaitedForIsJudgedWhoeverLooks() throws NoSuchMethodException {
        List<String> after = List.of("verdict");
        check(SecondDecides.class, HeldOnce.class, List.of("fail"), List.of("succeed"), List.of("look"), after);
    }

    private static void check(
            Class<?> counters,
            Class<?> model,
            List<String> before,
            List<String> first,
            List<String> second,
            List<String> after)
            throws NoSuchMethodException {
        var scenario = new ExecutionScenario(
                actors(counters, before),
                List.of(actors(counters, first), actors(counters, second)),
                actors(counters, after),
                null);
        new ModelCheckingOptions()
                .iterations(0)
                .invocationsPerIteration(100)
                // A sum over 60 slices is a loop that ends.
                .loopBound(1_000)
                .addCustomScenario(scenario)
                .sequentialSpecification(model)
                .check(counters);
    }

    private static List<Actor> actors(Class<?> counters, List<String> names) throws NoSuchMethodException {
        List<Actor> actors = new ArrayList<>();
        for (String name : names) {
            actors.add(new Actor(counters.getMethod(name), List.of(), false, false, false, false, false));
        }
        return actors;
    }
}
