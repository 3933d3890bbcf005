package io.breaker.event;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * For policies: the listeners of one kind of event. Safe for concurrent use; publishing takes no lock.
 *
 * @param <E> the kind of event
 */
public final class Listeners<E> {

    private static final Logger LOGGER = System.getLogger(Listeners.class.getName());

    private final CopyOnWriteArrayList<Entry<E>> entries = new CopyOnWriteArrayList<>();

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
        entries.add(entry);
        return () -> entries.remove(entry);
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

    /** Gives each registration an identity of its own: a listener may be added twice, and is removed once a close. */
    private static final class Entry<E> {

        private final Consumer<? super E> listener;

        Entry(Consumer<? super E> listener) {
            this.listener = listener;
        }
    }
}
