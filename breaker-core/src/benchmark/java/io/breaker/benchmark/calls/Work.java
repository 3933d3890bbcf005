package io.breaker.benchmark.calls;

import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the calls of one thread do: next to nothing, and count that it was done. Each thread has its own, so that threads
 * meet in what is measured and nowhere else.
 */
@State(Scope.Thread)
public class Work implements Supplier<Object> {

    /** Every how many calls one fails: a power of two, or 0 for never. */
    @Param("0")
    public int failEvery;

    /** A call fails when none of these bits is set in its number, which begins at 1. */
    private long mask;

    private long calls;
    private long rejections;

    /**
     * Gets ready.
     *
     * @param crew holds the work of all threads
     */
    @Setup
    public void join(Crew crew) {
        mask = failEvery - 1L;
        crew.add(this);
    }

    @Override
    public Object get() {
        if ((++calls & mask) == 0) {
            throw WorkFailure.INSTANCE;
        }
        return this;
    }

    /**
     * Counts a call that was not let through to {@link #get()}.
     *
     * @param rejection what the caller got instead
     * @return the same
     */
    public Object rejected(Exception rejection) {
        rejections++;
        return rejection;
    }

    long calls() {
        return calls;
    }

    long failures() {
        return failEvery == 0 ? 0 : calls / failEvery;
    }

    long rejections() {
        return rejections;
    }
}
