package io.breaker.circuitbreaker.window;

/** A stripe with space behind its fields, as {@link CacheLine} puts it in front of them. */
@SuppressWarnings("unused") // Takes up space, which is its use.
final class PaddedStripe extends Stripe {

    private long p1, p2, p3, p4, p5, p6, p7, p8;
}
