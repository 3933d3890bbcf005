package io.breaker.spring.matrix;

import io.breaker.spring.AdvancingTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** What the attempts of one call do, one after the other. Everything happens on the thread of the test. */
final class Script {

    static final Duration LIMIT = Duration.ofSeconds(2);

    private final AdvancingTime time;
    private final List<Source> sources = new ArrayList<>();
    private Queue<Act> acts = new ArrayDeque<>();
    private boolean atOnce;
    private int bodies;

    Script(AdvancingTime time) {
        this.time = time;
    }

    /** The source of one attempt. */
    record Source(Act act, CompletableFuture<String> end) {}

    void begin(List<Act> next, boolean endAtOnce) {
        acts = new ArrayDeque<>(next);
        atOnce = endAtOnce;
        sources.clear();
        bodies = 0;
    }

    /** How often the body of the method ran. */
    int bodies() {
        return bodies;
    }

    long cancelled() {
        return sources.stream().filter(source -> source.end.isCancelled()).count();
    }

    boolean allEnded() {
        return sources.stream().allMatch(source -> source.end.isDone());
    }

    /** The body of a method whose source may end later; null for none. */
    Source attempt() {
        bodies++;
        Act act = acts.remove();
        if (act.isThrown()) {
            throw Script.<RuntimeException>unchecked(act.failure());
        }
        if (act == Act.NOTHING) {
            return null;
        }
        Source source = new Source(act, new CompletableFuture<>());
        sources.add(source);
        if (atOnce && act.endsByItself()) {
            end(source);
        }
        return source;
    }

    /** The body of a function that suspends until its source ends; null for one that does not. */
    CompletableFuture<String> suspendingAttempt() {
        Source source = attempt();
        return source == null ? null : source.end;
    }

    /** The body of a method that is done when it returns. */
    String plainAttempt() throws InterruptedException {
        bodies++;
        Act act = acts.remove();
        if (act.fails()) {
            throw Script.<RuntimeException>unchecked(act.failure());
        }
        if (act == Act.STUCK) {
            Thread.currentThread().interrupt();
        }
        if (act == Act.SLOW_VALUE) {
            time.advance(LIMIT);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return act == Act.NOTHING ? null : "value";
    }

    /** Ends the source of the attempt under way; false if there is none that ends by itself. */
    boolean endSource() {
        for (Source source : List.copyOf(sources)) {
            if (!source.end.isDone() && source.act.endsByItself()) {
                end(source);
                return true;
            }
        }
        return false;
    }

    private void end(Source source) {
        if (source.act == Act.SLOW_VALUE) {
            time.advance(LIMIT);
        }
        if (source.act.fails()) {
            source.end.completeExceptionally(source.act.failure());
        } else {
            source.end.complete("value");
        }
    }

    @SuppressWarnings("unchecked") // The cast to X does nothing.
    private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
