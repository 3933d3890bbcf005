package io.breaker.sample;

/** Who a customer is, and how much that is to be trusted. Immutable. */
record UserProfile(String id, String name, Source source) {

    /** Where a profile comes from. */
    enum Source {
        /** The user service said so just now. */
        SERVICE,
        /** The user service said so once. */
        CACHE,
        /** Nobody said so. */
        DEFAULT
    }

    UserProfile from(Source other) {
        return new UserProfile(id, name, other);
    }
}
