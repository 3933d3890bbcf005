package io.breaker.spring.both;

import io.breaker.spring.annotation.CircuitBreaker;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application that is moving from Resilience4j: one method is guarded by it, the other by Breaker. BesideResilience4jTests
 * compiles and starts it; no other test may have Resilience4j on its class path.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BothStarters {

    public static void main(String[] args) {
        SpringApplication.run(BothStarters.class, args);
    }

    @Bean
    Shop shop() {
        return new Shop();
    }

    /** Two methods that always fail. Their fallbacks answer why. */
    static class Shop {

        @io.github.resilience4j.circuitbreaker.annotation.CircuitBreaker(name = "staying", fallbackMethod = "why")
        String staying() {
            throw new IllegalStateException("down");
        }

        @CircuitBreaker(name = "moved", fallbackMethod = "why")
        String moved() {
            throw new IllegalStateException("down");
        }

        private String why(Exception failure) {
            return failure.getClass().getName();
        }
    }

    @RestController
    static class ShopController {

        private final Shop shop;
        private final io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry theirs;
        private final io.breaker.circuitbreaker.CircuitBreakerRegistry ours;

        ShopController(
                Shop shop,
                io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry theirs,
                io.breaker.circuitbreaker.CircuitBreakerRegistry ours) {
            this.shop = shop;
            this.theirs = theirs;
            this.ours = ours;
        }

        @GetMapping("/staying")
        List<String> staying() {
            return Stream.generate(shop::staying).limit(3).toList();
        }

        @GetMapping("/moved")
        List<String> moved() {
            return Stream.generate(shop::moved).limit(3).toList();
        }

        @GetMapping("/names")
        List<String> names() {
            return Stream.concat(
                            theirs.getAllCircuitBreakers().stream().map(breaker -> "theirs: " + breaker.getName()),
                            ours.all().stream().map(breaker -> "ours: " + breaker.name()))
                    .toList();
        }
    }
}
