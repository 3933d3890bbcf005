package io.breaker.sample.downstream;

import io.breaker.sample.downstream.OrderBook.Entry;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** The order service: keeps orders and knows what they cost. */
@RestController
@RequestMapping("/downstream/order/orders")
class OrderServer {

    /** Every product costs the same. */
    private static final BigDecimal PRICE = new BigDecimal("9.99");

    private final OrderBook book = new OrderBook();
    private final DownstreamService service;

    OrderServer(Downstream downstream) {
        this.service = downstream.get(Downstream.ORDER);
    }

    @PostMapping
    Entry create(@RequestBody NewOrder order) {
        return service.answer(() -> book.add(order.total()));
    }

    @PostMapping("/{id}/cancel")
    Entry cancel(@PathVariable String id) {
        return service.answer(() -> book.cancel(id).orElseThrow(OrderServer::unknownOrder));
    }

    @GetMapping("/{id}")
    Entry find(@PathVariable String id) {
        return service.answer(() -> book.find(id).orElseThrow(OrderServer::unknownOrder));
    }

    /** For whoever wants to see what became of the orders; the shop does not ask, so it is not counted. */
    @GetMapping
    List<Entry> newestFirst() {
        return book.newestFirst();
    }

    private static ResponseStatusException unknownOrder() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    /** What is to be delivered. */
    record NewOrder(List<Item> items) {

        BigDecimal total() {
            return PRICE.multiply(
                    BigDecimal.valueOf(items.stream().mapToInt(Item::quantity).sum()));
        }
    }

    /** So many of one product. */
    record Item(String productId, int quantity) {}
}
