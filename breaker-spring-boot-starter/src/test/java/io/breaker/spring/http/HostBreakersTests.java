package io.breaker.spring.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class HostBreakersTests {

    private final Map<String, HttpGuard> made = new ConcurrentHashMap<>();

    @Test
    void eachHostHasItsOwn() {
        HostBreakers breakers = breakers(2);

        assertThat(name(breakers, "http://eu.example.com/a")).isEqualTo("payments@eu.example.com");
        assertThat(name(breakers, "http://EU.example.com:80/b")).isEqualTo("payments@eu.example.com");
        assertThat(name(breakers, "http://us.example.com:8080/")).isEqualTo("payments@us.example.com:8080");
    }

    @Test
    void hostsBeyondTheBoundShareOneAndTheLogSaysSoOnce(CapturedOutput output) {
        HostBreakers breakers = breakers(2);

        List<String> names = IntStream.range(0, 5)
                .mapToObj(host -> name(breakers, "http://h" + host + ".com"))
                .toList();

        assertThat(names).containsExactly("payments@h0.com", "payments@h1.com", "payments", "payments", "payments");
        assertThat(name(breakers, "http://h0.com")).isEqualTo("payments@h0.com");
        assertThat(made).hasSize(3);
        assertThat(output.getOut())
                .containsOnlyOnce("circuit breakers per host: 2 hosts have one; all others share 'payments'");
    }

    @Test
    void aCallWithoutAHostUsesTheSharedOne() {
        assertThat(name(breakers(2), "/orders")).isEqualTo("payments");
    }

    @Test
    void theBoundHoldsWhenManyThreadsComeAtOnce() throws Exception {
        HostBreakers breakers = breakers(10);
        CyclicBarrier start = new CyclicBarrier(8);
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            threads.add(new Thread(() -> {
                await(start);
                for (int host = 0; host < 50; host++) {
                    name(breakers, "http://h" + host + ".com");
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(made).hasSize(11).containsKey("payments");
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private HostBreakers breakers(int maxHosts) {
        return new HostBreakers(
                "payments",
                maxHosts,
                name -> made.computeIfAbsent(
                        name, key -> HttpGuard.of(CircuitBreaker.of(key, CircuitBreakerConfig.ofDefaults()))));
    }

    private static String name(HostBreakers breakers, String target) {
        return breakers.of(URI.create(target)).policies().breaker().name();
    }
}
