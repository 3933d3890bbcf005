package io.breaker.spring.interceptor;

/** Keeps the first exception where a second one takes its place. */
final class Suppressed {

    private Suppressed() {}

    /** Adds the first to the second, which may be the same or take none. */
    static void add(Throwable second, Throwable first) {
        if (second != first) {
            second.addSuppressed(first);
        }
    }
}
