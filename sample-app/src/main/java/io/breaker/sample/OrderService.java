package io.breaker.sample;

import io.breaker.sample.PaymentClient.Payment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Places orders: who is it, keep the order, charge it, tell the customer.
 *
 * <p>The four steps fail in four ways. Without the user service there is a profile that is good enough (see
 * {@link UserClient}). Without the order service there is no order. Without a payment the order is cancelled again.
 * Without a notification the order stands.
 */
@Service
class OrderService {

    private static final Logger LOG = LoggerFactory.getLogger(OrderService.class);

    private final UserClient users;
    private final OrderClient orders;
    private final PaymentClient payments;
    private final NotificationClient notifications;

    OrderService(UserClient users, OrderClient orders, PaymentClient payments, NotificationClient notifications) {
        this.users = users;
        this.orders = orders;
        this.payments = payments;
        this.notifications = notifications;
    }

    PlacedOrder place(OrderRequest request) {
        UserProfile user = users.find(request.userId());
        StoredOrder order = orders.create(request.userId(), request.items());
        Payment payment = chargeOrCancel(order, request.paymentMethod());
        boolean notified = tryToNotify(request.userId(), order.id());
        return new PlacedOrder(
                order.id(), order.status(), order.total(), request.items(), user, payment.id(), notified);
    }

    /**
     * Failed or rejected is the same here: nothing is paid, so nothing is to be delivered. (Where the answer was lost, a
     * real shop would also ask for the money to be given back.)
     */
    private Payment chargeOrCancel(StoredOrder order, String method) {
        try {
            return payments.charge(order, method);
        } catch (RuntimeException unpaid) {
            cancel(order);
            throw unpaid;
        }
    }

    /** The customer is told why the payment failed; that the order is left over is for whoever reads the log. */
    private void cancel(StoredOrder order) {
        try {
            orders.cancel(order.id());
        } catch (RuntimeException failure) {
            LOG.warn("Order {} is not paid and could not be cancelled: {}", order.id(), failure.getMessage());
        }
    }

    /**
     * Tells the customer, and the caller whether that worked. It is caught here and not in a fallback method: a fallback would answer
     * in the place of the service, while here the failure itself is the answer, and part of the order.
     */
    private boolean tryToNotify(String userId, String orderId) {
        try {
            notifications.orderPlaced(userId, orderId);
            return true;
        } catch (RuntimeException failure) {
            LOG.debug("Nobody was told of order {}: {}", orderId, failure.getMessage());
            return false;
        }
    }
}
