package io.breaker.benchmark.calls;

import dev.failsafe.function.CheckedSupplier;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The work as Failsafe takes it; made once, so that nobody measures how a lambda is made. */
@State(Scope.Thread)
public class FailsafeWork {

    Work work;
    CheckedSupplier<Object> supplier;

    /**
     * Wraps the work.
     *
     * @param own the work of this thread
     */
    @Setup
    public void wrap(Work own) {
        work = own;
        supplier = own::get;
    }
}
