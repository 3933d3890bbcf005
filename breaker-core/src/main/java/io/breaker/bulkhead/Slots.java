package io.breaker.bulkhead;

import io.breaker.policy.FoundStage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The slots of one bulkhead and the queue of those who wait for one, first come first served. */
final class Slots {

    private static final long ONE_ACTIVE = 1;
    private static final long ONE_QUEUED = 1L << 32;

    enum Admission {
        ENTERED,
        QUEUED,
        FULL
    }

    /*
     * Invariants
     *
     * - `state` counts two things in one word: the slots taken (low half) and the waiters (high half).
     * - Without `lock`, `state` changes by compareAndSet alone, and only while it says that nobody waits. So a newcomer
     *   cannot overtake a waiter, and a slot cannot come free unseen by somebody who begins to wait: one of the two
     *   fails its compareAndSet and looks again.
     * - With `lock`, as long as somebody waits, nobody else changes `state`; `queue` is guarded by it always, and its size
     *   is the high half except while the lock is held.
     * - While somebody waits, all slots are taken: a slot that is given back passes to the first waiter without ever being
     *   free. Hence no wake-up can be lost.
     * - `limits` changes under `lock`. A call that enters at that moment may still go by the limits before. Where the new
     *   limit is below what is active, slots that are given back vanish until it holds again.
     * - No call, supplier, listener or scheduler runs while the lock is held.
     */
    private final AtomicLong state = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    /** Keeps the order of arrival, and lets one leave from the middle without a search. */
    private final Set<Waiter> queue = new LinkedHashSet<>();

    /** The calls with a slot of which nobody may see the end. */
    private final Set<FoundStage<?>> unseen = ConcurrentHashMap.newKeySet();

    private volatile Limits limits;

    Slots(Limits limits) {
        this.limits = limits;
    }

    Limits limits() {
        return limits;
    }

    int active() {
        return active(state.get());
    }

    int queued() {
        return queued(state.get());
    }

    /** Takes a slot if one is free and nobody waits for it. */
    boolean tryEnter() {
        int max = limits.maxConcurrentCalls();
        long present = state.get();
        while (isFree(present, max)) {
            if (state.compareAndSet(present, present + ONE_ACTIVE)) {
                return true;
            }
            present = state.get();
        }
        return false;
    }

    /** Takes note of a call with a slot that may end without telling anybody. */
    void mayEndUnseen(FoundStage<?> call) {
        unseen.add(call);
    }

    /** Forgets a call that has ended. */
    void hasEnded(CompletionStage<?> call) {
        if (call instanceof FoundStage<?>) {
            unseen.remove(call);
        }
    }

    /**
     * Tells whether there is neither a slot nor a place in the queue, so that a rejection needs no lock. Looks first at
     * the calls that tell nobody when they end: what they ended with may never be asked for, and their slots are free.
     */
    boolean isFull() {
        unseen.forEach(FoundStage::look);
        Limits present = limits;
        long now = state.get();
        return !isFree(now, present.maxConcurrentCalls()) && queued(now) >= present.queueCapacity();
    }

    /** Takes a slot or a place in the queue. */
    Admission join(Waiter waiter) {
        lock.lock();
        try {
            while (!tryEnter()) {
                long present = state.get();
                if (isFree(present, limits.maxConcurrentCalls())) {
                    continue;
                }
                if (queued(present) >= limits.queueCapacity()) {
                    return Admission.FULL;
                }
                if (state.compareAndSet(present, present + ONE_QUEUED)) {
                    queue.add(waiter);
                    return Admission.QUEUED;
                }
            }
            return Admission.ENTERED;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a slot back.
     *
     * @return the waiter that has it now, to be told so by the caller; null where nobody waited
     */
    @Nullable
    Waiter exit() {
        long present = state.get();
        while (queued(present) == 0) {
            if (state.compareAndSet(present, present - ONE_ACTIVE)) {
                return null;
            }
            present = state.get();
        }
        return passOn();
    }

    private @Nullable Waiter passOn() {
        lock.lock();
        try {
            if (queue.isEmpty() || active() > limits.maxConcurrentCalls()) {
                state.addAndGet(-ONE_ACTIVE);
                return null;
            }
            return takeFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a waiter out of the queue; false where somebody else did. */
    boolean quit(Waiter waiter) {
        lock.lock();
        try {
            boolean removed = queue.remove(waiter);
            if (removed) {
                state.addAndGet(-ONE_QUEUED);
            }
            return removed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Changes the limits. Who waits already keeps waiting.
     *
     * @return the waiters that got a slot by it, in order, to be told so by the caller
     */
    List<Waiter> change(Limits changed) {
        List<Waiter> granted = new ArrayList<>();
        lock.lock();
        try {
            limits = changed;
            while (!queue.isEmpty() && active() < changed.maxConcurrentCalls()) {
                state.addAndGet(ONE_ACTIVE);
                granted.add(takeFirst());
            }
        } finally {
            lock.unlock();
        }
        return granted;
    }

    private Waiter takeFirst() {
        Iterator<Waiter> waiters = queue.iterator();
        Waiter first = waiters.next();
        waiters.remove();
        state.addAndGet(-ONE_QUEUED);
        return first;
    }

    private static boolean isFree(long state, int max) {
        return queued(state) == 0 && active(state) < max;
    }

    private static int active(long state) {
        return (int) state;
    }

    private static int queued(long state) {
        return (int) (state >>> 32);
    }
}
