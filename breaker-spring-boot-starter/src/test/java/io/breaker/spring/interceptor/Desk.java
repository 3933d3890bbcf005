package io.breaker.spring.interceptor;

/** What stands behind every row of {@link EveryPlaceTests}. */
interface Desk {

    /** An id that the call fails of. */
    String BAD = "bad";

    /** Gives the id, unless that is {@link #BAD}. */
    String serve(String id);

    /** Does the work of the desks that are classes. */
    static String work(String id) {
        if (id.equals(BAD)) {
            throw new IllegalStateException(id);
        }
        return id;
    }
}
