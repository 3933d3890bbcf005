package io.breaker.sample;

import java.math.BigDecimal;
import java.util.List;

/** An order that was placed, as the customer sees it. Immutable. */
record PlacedOrder(
        String id,
        String status,
        BigDecimal total,
        List<OrderRequest.Item> items,
        UserProfile user,
        String paymentId,
        boolean notified) {}
