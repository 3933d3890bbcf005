package io.breaker.spring.actuate.endpoint;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The last calls that were added, up to a fixed number. Adding takes no lock. Safe for concurrent use. */
final class RecentCalls {

    private static final Comparator<Entry> NEWEST_FIRST =
            Comparator.comparingLong(Entry::number).reversed();

    /*
     * Invariants
     *
     * - Each call gets a number of its own from `added`, and goes to the slot of that number modulo the capacity.
     * - A slot changes to a higher number only: a writer that was overtaken by a whole round drops its call. So at rest
     *   the slots hold the calls with the highest numbers.
     *
     * Not guaranteed: that whoever reads while calls are added sees no gap.
     */
    private final AtomicReferenceArray<@Nullable Entry> slots;
    private final AtomicLong added = new AtomicLong();

    RecentCalls(int capacity) {
        slots = new AtomicReferenceArray<>(capacity);
    }

    void add(LoggedCall call) {
        Entry entry = new Entry(added.getAndIncrement(), call);
        slots.accumulateAndGet((int) (entry.number % slots.length()), entry, Entry::newer);
    }

    /** Gives the calls that are kept, newest first. */
    List<LoggedCall> newestFirst() {
        return IntStream.range(0, slots.length())
                .mapToObj(slots::get)
                .filter(Objects::nonNull)
                .sorted(NEWEST_FIRST)
                .map(Entry::call)
                .toList();
    }

    private record Entry(long number, LoggedCall call) {

        static Entry newer(@Nullable Entry present, Entry added) {
            return present == null || present.number < added.number ? added : present;
        }
    }
}
