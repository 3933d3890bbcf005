package io.breaker.sample;

import java.math.BigDecimal;

/** An order as the order service keeps it. Immutable. */
record StoredOrder(String id, String status, BigDecimal total) {}
