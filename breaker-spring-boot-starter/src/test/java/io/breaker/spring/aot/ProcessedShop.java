package io.breaker.spring.aot;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.spring.annotation.CircuitBreaker;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans that are guarded in the ways of which a build has to know something. */
@Configuration(proxyBeanMethods = false)
class ProcessedShop {

    @Bean
    Payments payments() {
        return new Payments();
    }

    @Bean
    Rescue rescue() {
        return new Rescue();
    }

    // Its class, not its interface: nobody makes the bean at build time to see what it is.
    @Bean
    StoredOrders orders() {
        return new StoredOrders();
    }

    /** Gets a subclass as its proxy. */
    static class Payments extends PaymentFallbacks {

        @CircuitBreaker(name = "payments", fallbackMethod = "lastKnown")
        String receipt(String id) {
            throw new IllegalStateException("down");
        }

        private String lastKnown(String id, IllegalStateException failure) {
            return "last known " + id;
        }

        @CircuitBreaker(
                name = "refunds",
                tracker =
                        "typeOf(java.io.FileNotFoundException) | causedBy( java.nio.charset.MalformedInputException )",
                fallbackMethod = "rescue::refund")
        String refund(String id) throws IOException {
            throw id.isEmpty() ? new MalformedInputException(1) : new FileNotFoundException(id);
        }

        @CircuitBreaker(name = "invoices", fallbackMethod = "inherited")
        String invoice(String id) {
            throw new IllegalStateException("down");
        }
    }

    static class PaymentFallbacks {

        String inherited(CallNotPermittedException refused) {
            return "inherited";
        }
    }

    static class Rescue {

        String refund(String id, FileNotFoundException missing) {
            return "rescued " + id;
        }
    }

    /** Public, because a proxy of what is not must come from its class loader. */
    public interface Orders {

        String find(String id);
    }

    /** Gets a proxy of its interface. */
    @CircuitBreaker(name = "orders", fallbackMethod = "unknown")
    static class StoredOrders implements Orders {

        @Override
        public String find(String id) {
            throw new IllegalStateException("down");
        }

        private String unknown() {
            return "unknown";
        }
    }
}
