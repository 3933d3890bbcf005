package io.breaker.sample;

/** Says what is wrong with an order, in words that the customer may read. */
class InvalidOrderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String fault;

    InvalidOrderException(String fault) {
        super(fault);
        this.fault = fault;
    }

    String fault() {
        return fault;
    }
}
