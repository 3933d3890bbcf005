package io.breaker.spring.benchmark.calls;

import io.breaker.benchmark.calls.Work;

/** A bean that nobody guards. */
public class Shop {

    /**
     * Does the work.
     *
     * @param work of the calling thread
     * @return what comes out of it
     */
    public Object order(Work work) {
        return work.get();
    }
}
