package io.breaker.sample.downstream;

import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The payment service: everybody can pay. */
@RestController
@RequestMapping("/downstream/payment")
class PaymentServer {

    private final AtomicLong lastNumber = new AtomicLong();
    private final DownstreamService service;

    PaymentServer(Downstream downstream) {
        this.service = downstream.get(Downstream.PAYMENT);
    }

    @PostMapping("/payments")
    Payment charge(@RequestBody Charge charge) {
        return service.answer(() -> new Payment("p" + lastNumber.incrementAndGet(), charge.amount()));
    }

    /** What is to be paid. */
    record Charge(String orderId, BigDecimal amount, String method) {}

    /** What was paid. */
    record Payment(String id, BigDecimal amount) {}
}
