package io.breaker.spring.interceptor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInvocation;
import org.springframework.aop.ProxyMethodInvocation;

/**
 * What the breaker let out of one invocation. The fallback answers that alone, by identity: what security, validation or
 * a cache throws between the two is none of its business. Safe for concurrent use.
 */
final class LetOut {

    private static final String ATTRIBUTE = LetOut.class.getName();

    /** A publisher may be subscribed to by many at a time, and a retry swallows what is never asked for. */
    private static final int MOST = 16;

    /** Never changed but exchanged; the latest first. */
    private final AtomicReference<List<Throwable>> latest = new AtomicReference<>(List.of());

    /** Finds the note of an invocation; its clones, of which a retry makes one for each attempt, share it. */
    static LetOut of(MethodInvocation invocation) {
        ProxyMethodInvocation proxied = (ProxyMethodInvocation) invocation;
        if (proxied.getUserAttribute(ATTRIBUTE) instanceof LetOut known) {
            return known;
        }
        LetOut created = new LetOut();
        proxied.setUserAttribute(ATTRIBUTE, created);
        return created;
    }

    void note(Throwable thrown) {
        latest.updateAndGet(noted ->
                Stream.concat(Stream.of(thrown), noted.stream()).limit(MOST).toList());
    }

    /** Tells whether it was let out; each time that it was stands for one answer. */
    boolean was(Throwable thrown) {
        List<Throwable> noted;
        List<Throwable> rest;
        do {
            noted = Objects.requireNonNull(latest.get());
            int index = indexOf(noted, thrown);
            if (index < 0) {
                return false;
            }
            rest = new ArrayList<>(noted);
            rest.remove(index);
        } while (!latest.compareAndSet(noted, rest));
        return true;
    }

    /** An exception may call itself equal to others. */
    private static int indexOf(List<Throwable> noted, Throwable thrown) {
        int index = noted.size() - 1;
        while (index >= 0 && noted.get(index) != thrown) {
            index--;
        }
        return index;
    }
}
