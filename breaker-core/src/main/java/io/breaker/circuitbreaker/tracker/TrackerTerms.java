package io.breaker.circuitbreaker.tracker;

import io.breaker.expression.Vocabulary;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The built-in trackers and their names. */
final class TrackerTerms {

    /** One for all: it has nothing in it. */
    static final Tracker ALL = new All();

    private TrackerTerms() {}

    static Vocabulary<Tracker> vocabulary(ClassLoader loader) {
        Function<String, Class<? extends Throwable>> load = name -> load(name, loader);
        return Vocabulary.<Tracker>empty(Tracker::named)
                .with("all", List.of(), arguments -> ALL)
                .withList("typeOf", arguments -> new TypeOf(arguments.each(load)))
                .withList("causedBy", arguments -> new CausedBy(arguments.each(load)));
    }

    private static Class<? extends Throwable> load(String name, ClassLoader loader) {
        Class<?> type;
        try {
            type = Class.forName(name, /* initialize= */ false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException("class not found: " + name, e);
        }
        if (!Throwable.class.isAssignableFrom(type)) {
            throw new IllegalArgumentException("class must be a Throwable: " + name);
        }
        return type.asSubclass(Throwable.class);
    }

    private static List<Class<? extends Throwable>> checkTypes(String term, List<Class<? extends Throwable>> types) {
        if (types.isEmpty()) {
            throw new IllegalArgumentException(term + " must have at least one class");
        }
        return List.copyOf(types);
    }

    /** By index: an iterator would be one allocation for each failed call. */
    private static boolean isInstance(Throwable thrown, List<Class<? extends Throwable>> types) {
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i).isInstance(thrown)) {
                return true;
            }
        }
        return false;
    }

    private static String text(String term, List<Class<? extends Throwable>> types) {
        return types.stream().map(Class::getName).collect(Collectors.joining(", ", term + "(", ")"));
    }

    /** Every exception. */
    record All() implements Tracker {

        @Override
        public boolean tracks(Throwable thrown) {
            return true;
        }

        @Override
        public String text() {
            return "all";
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** Instances of one of the classes. */
    record TypeOf(List<Class<? extends Throwable>> types) implements Tracker {

        TypeOf {
            types = checkTypes("typeOf", types);
        }

        @Override
        public boolean tracks(Throwable thrown) {
            return isInstance(thrown, types);
        }

        @Override
        public String text() {
            return TrackerTerms.text("typeOf", types);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** What has an instance of one of the classes in its cause chain. */
    record CausedBy(List<Class<? extends Throwable>> types) implements Tracker {

        CausedBy {
            types = checkTypes("causedBy", types);
        }

        @Override
        public boolean tracks(Throwable thrown) {
            // A chain may run in a circle: a second walker at half the speed meets the first one there (Floyd). A set
            // of
            // the links seen would be an allocation for each failed call.
            Throwable link = thrown;
            Throwable half = thrown;
            for (int step = 1; link != null; step++) {
                if (isInstance(link, types)) {
                    return true;
                }
                link = link.getCause();
                half = step % 2 == 0 && half != null ? half.getCause() : half;
                if (link == half) {
                    return false;
                }
            }
            return false;
        }

        @Override
        public String text() {
            return TrackerTerms.text("causedBy", types);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /** A tracker that prints as its name. */
    record Named(String name, Tracker tracker) implements Tracker {

        static Tracker of(String name, Tracker tracker) {
            Tracker.vocabulary().requireNew(name);
            // Naming again must give an equal tracker, so that a named one can be added to a vocabulary and read back.
            return tracker instanceof Named same && same.name.equals(name) ? same : new Named(name, tracker);
        }

        @Override
        public boolean tracks(Throwable thrown) {
            return tracker.tracks(thrown);
        }

        @Override
        public String text() {
            return name;
        }

        @Override
        public String toString() {
            return text();
        }
    }
}
