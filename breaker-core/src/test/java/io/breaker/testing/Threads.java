package io.breaker.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a piece of a test on several real threads that start at one moment. */
public final class Threads {

    private Threads() {}

    /** What each thread does; it gets its number, from 0 on. */
    @FunctionalInterface
    public interface Work {

        /** Does the work of one thread. */
        void run(int thread) throws Exception;
    }

    /** Runs the work on that many threads and waits for all; what one of them threw comes out as an AssertionError. */
    public static void run(int threads, Work work) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                runs.add(executor.submit(() -> {
                    ready.countDown();
                    ready.await();
                    work.run(thread);
                    return null;
                }));
            }
            for (Future<?> run : runs) {
                run.get(60, TimeUnit.SECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException thrown) {
            throw new AssertionError("a thread of the test failed", thrown);
        } finally {
            executor.shutdownNow();
        }
    }
}
