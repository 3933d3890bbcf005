package io.breaker.event;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * For policies: the listeners of one kind of event. Safe for concurrent use; publishing takes no lock.
 *
 * @param <E> the kind of event
 */
public final class Listeners<E> {

    private static final Logger LOGGER = System.getLogger(Listeners.class.getName());

    @SuppressWarnings("rawtypes") // A class literal has no type arguments.
    private static final AtomicReferenceFieldUpdater<Listeners, List> ENTRIES =
            AtomicReferenceFieldUpdater.newUpdater(Listeners.class, List.class, "entries");

    /*
     * Invariants
     *
     * - `entries` holds an immutable list and changes by compareAndSet to another one. Whoever publishes goes through the
     *   list it found, so a listener may come or go meanwhile.
     * - Without a listener it is the one empty list of the JDK: a breaker has a list for each type of event, and most of
     *   them stay empty. (A CopyOnWriteArrayList would bring a lock and an array for each.)
     */
    private volatile List<Entry<E>> entries = List.of();

    /** Makes a list without listeners. */
    public Listeners() {}

    /**
     * Adds a listener. The same listener added twice is told twice.
     *
     * @param listener told each event, on the thread that caused it
     * @return ends this registration and no other
     */
    public Registration add(Consumer<? super E> listener) {
        Entry<E> entry = new Entry<>(Objects.requireNonNull(listener, "listener"));
        change(present -> Stream.concat(present.stream(), Stream.of(entry)).toList());
        return () -> change(
                present -> present.stream().filter(other -> other != entry).toList());
    }

    /**
     * Tells whether nobody listens. Ask it before an event is made, so that an event nobody hears costs nothing.
     *
     * @return whether there is no listener
     */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Tells every listener. One that throws is logged and disturbs neither the caller nor the other listeners.
     *
     * @param event what happened
     */
    public void publish(E event) {
        for (Entry<E> entry : entries) {
            try {
                entry.listener.accept(event);
            } catch (Throwable thrown) {
                // An Error too: the call that caused the event must end as it ended without a listener.
                // Not the event itself: it may hold an exception that throws when it is printed.
                String kind = event.getClass().getSimpleName();
                LOGGER.log(Level.WARNING, () -> "a listener threw on " + kind, thrown);
            }
        }
    }

    private void change(UnaryOperator<List<Entry<E>>> change) {
        List<Entry<E>> present;
        List<Entry<E>> changed;
        do {
            present = entries;
            changed = change.apply(present);
        } while (!ENTRIES.compareAndSet(this, present, changed.isEmpty() ? List.of() : changed));
    }

    /** Gives each registration an identity of its own: a listener may be added twice, and is removed once a close. */
    private static final class Entry<E> {

        private final Consumer<? super E> listener;

        Entry(Consumer<? super E> listener) {
            this.listener = listener;
        }
    }
}
