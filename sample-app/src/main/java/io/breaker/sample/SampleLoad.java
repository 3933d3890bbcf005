package io.breaker.sample;

import io.breaker.sample.OrderRequest.Item;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Plays the customers: each places an order over HTTP, waits a second, and places the next. However slow the shop is,
 * there are never more orders under way than customers.
 */
@Component
@ConditionalOnBooleanProperty(name = "sample.load.enabled", matchIfMissing = true)
class SampleLoad implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(SampleLoad.class);

    private static final int CUSTOMERS = 3;
    private static final Duration BETWEEN_ORDERS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Tally tally = new Tally();
    private final RestClient shop;
    private volatile @Nullable ScheduledExecutorService customers;

    SampleLoad(LocalServer server) {
        this.shop = server.client("/orders", PATIENCE);
    }

    /** Starts after the web server and stops before it, as everything in the default phase does. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // neither task throws
    public void start() {
        ScheduledExecutorService executor = Executors.newScheduledThreadPool(CUSTOMERS + 1);
        long pause = BETWEEN_ORDERS.toMillis();
        for (int customer = 0; customer < CUSTOMERS; customer++) {
            String userId = "u" + (customer + 1);
            long delay = pause * customer / CUSTOMERS;
            executor.scheduleWithFixedDelay(() -> placeOrder(userId), delay, pause, TimeUnit.MILLISECONDS);
        }
        long reports = BETWEEN_REPORTS.toMillis();
        executor.scheduleAtFixedRate(this::report, reports, reports, TimeUnit.MILLISECONDS);
        customers = executor;
    }

    /** Waits for the orders under way, so that the end of the shop does not look like a failure of its services. */
    @Override
    public void stop() {
        ScheduledExecutorService executor = customers;
        customers = null;
        if (executor == null) {
            return;
        }
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException interruption) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return customers != null;
    }

    private void placeOrder(String userId) {
        try {
            tally.count(shop.post()
                    .body(orderOf(userId))
                    .exchange((request, response) -> response.getStatusCode().value()));
        } catch (RuntimeException unanswered) {
            // Whatever it is, the customer comes back: a task that throws is not run again.
            LOG.warn("An order of {} got no answer: {}", userId, unanswered.toString());
            tally.countUnanswered();
        }
    }

    private static OrderRequest orderOf(String userId) {
        int quantity = ThreadLocalRandom.current().nextInt(1, 4);
        return new OrderRequest(userId, List.of(new Item("p1", quantity)), "card");
    }

    private void report() {
        LOG.info("Orders of the last {} s: {}", BETWEEN_REPORTS.toSeconds(), tally.takeText());
    }
}
