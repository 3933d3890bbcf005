package io.breaker.sample;

import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.server.ResponseStatusException;

/**
 * Takes orders over HTTP.
 *
 * <p>Nothing is said here about open circuits: a rejection that comes out of the shop is answered by Breaker's starter,
 * with 503 and {@code Retry-After}.
 */
@RestController
@RequestMapping("/orders")
class OrderController {

    private final OrderService shop;
    private final OrderClient orders;

    OrderController(OrderService shop, OrderClient orders) {
        this.shop = shop;
        this.orders = orders;
    }

    @PostMapping
    ResponseEntity<PlacedOrder> place(@RequestBody OrderRequest request) {
        PlacedOrder order = shop.place(request);
        return ResponseEntity.created(URI.create("/orders/" + order.id())).body(order);
    }

    @GetMapping("/{id}")
    StoredOrder find(@PathVariable String id) {
        try {
            return orders.find(id);
        } catch (HttpClientErrorException.NotFound unknown) {
            // Not as the cause: Spring MVC would take the handler for it, which answers 502.
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such order.");
        }
    }
}
