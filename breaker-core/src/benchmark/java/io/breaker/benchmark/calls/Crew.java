package io.breaker.benchmark.calls;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Knows the work of all threads, and checks what somebody counted against it. JMH holds all threads at the end before it
 * lets the first of them check.
 */
@State(Scope.Benchmark)
public class Crew {

    private final List<Work> works = new CopyOnWriteArrayList<>();

    void add(Work work) {
        works.add(work);
    }

    /**
     * Tells how often the work was done.
     *
     * @return calls that reached the work
     */
    public long calls() {
        return sum(Work::calls);
    }

    /**
     * Tells how often the work failed.
     *
     * @return calls that ended with an exception of the work
     */
    public long failures() {
        return sum(Work::failures);
    }

    /**
     * Tells how often the work was not reached.
     *
     * @return calls that were rejected
     */
    public long rejections() {
        return sum(Work::rejections);
    }

    /**
     * Fails the run unless calls were made and all of them let through.
     *
     * @param window how many calls the contender looks back on
     * @return how many of them it must know
     */
    public long checkAllLetThrough(long window) {
        check(calls() > 0, "no call was made");
        checkEquals("rejections", 0, rejections());
        return Math.min(window, calls());
    }

    /** Fails the run unless calls were made and none of them let through. */
    public void checkAllRejected() {
        check(rejections() > 0, "no call was rejected");
        checkEquals("calls that were let through", 0, calls());
    }

    /**
     * Fails the run where a count is not what it must be.
     *
     * @param what is counted
     * @param expected what it must be
     * @param actual what it is
     */
    public static void checkEquals(String what, long expected, long actual) {
        check(expected == actual, what + ": " + actual + " instead of " + expected);
    }

    /**
     * Fails the run where something is not what it must be.
     *
     * @param what is compared
     * @param expected what it must be
     * @param actual what it is
     */
    public static void checkEquals(String what, Object expected, Object actual) {
        check(expected.equals(actual), what + ": " + actual + " instead of " + expected);
    }

    /**
     * Fails the run where something does not hold.
     *
     * @param holds whether it holds
     * @param otherwise what is wrong if not
     */
    public static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("self-check: " + otherwise);
        }
    }

    private long sum(ToLongFunction<Work> count) {
        return works.stream().mapToLong(count).sum();
    }
}
