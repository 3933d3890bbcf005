package io.breaker.circuitbreaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breaker.circuitbreaker.CircuitBreakerEvent.StateChanged;
import io.breaker.event.Registration;
import io.breaker.testing.ManualTime;
import io.breaker.testing.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CircuitBreakerRegistryTests {

    private static final CircuitBreakerConfig DEFAULTS = CircuitBreakerConfig.ofDefaults();

    private final CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(new ManualTime());

    @Test
    void findsWhatWasRegisteredAndNeverMakesABreakerOfATypo() {
        CircuitBreaker payments = registry.register("payments", DEFAULTS);

        assertThat(registry.find("payments")).containsSame(payments);
        assertThat(registry.find("paymets")).isEmpty();
        assertThat(registry.all()).containsExactly(payments);
    }

    @Test
    void givesAllBreakersByName() {
        registry.register("b", DEFAULTS);
        registry.register("a", DEFAULTS);

        assertThat(registry.all()).extracting(CircuitBreaker::name).containsExactly("a", "b");
    }

    @Test
    void refusesANameThatIsTakenOrBlank() {
        registry.register("payments", DEFAULTS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.register("payments", DEFAULTS))
                .withMessage("a circuit breaker is registered already: 'payments'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> registry.register(" ", DEFAULTS))
                .withMessage("name must not be blank: ' '");
    }

    @Test
    void tellsTheEventsOfPresentAndFutureBreakersUntilTheRegistrationEnds() {
        CircuitBreaker present = registry.register("present", DEFAULTS);
        List<String> heard = new ArrayList<>();
        Registration registration = registry.onEvent(StateChanged.class, event -> heard.add(event.name()));
        CircuitBreaker future = registry.register("future", DEFAULTS);

        present.forceOpen();
        future.forceOpen();
        registration.close();
        present.reset();
        registry.register("later", DEFAULTS).forceOpen();

        assertThat(heard).containsExactly("present", "future");
    }

    @Test
    void tellsAllTypesOfEventsWhereNoneIsNamed() {
        List<CircuitBreakerEvent> heard = new ArrayList<>();
        registry.onEvent(heard::add);

        registry.register("payments", DEFAULTS).begin().succeed();

        assertThat(heard).hasSize(1);
    }

    @Test
    void goesOnAfterASubscriberThatThrows() {
        List<String> told = new ArrayList<>();
        registry.forEach(breaker -> {
            throw new IllegalStateException("defect");
        });
        registry.forEach(breaker -> told.add(breaker.name()));

        registry.register("payments", DEFAULTS);

        assertThat(told).containsExactly("payments");
    }

    @Test
    void tellsNothingMoreOnceARegistrationIsClosedEvenWhileABreakerIsRegistered() {
        List<Registration> registrations = new ArrayList<>();
        List<CircuitBreakerEvent> heard = new ArrayList<>();
        registry.forEach(breaker -> registrations.forEach(Registration::close));
        registrations.add(registry.onEvent(heard::add));

        registry.register("payments", DEFAULTS).begin().succeed();

        assertThat(heard).isEmpty();
    }

    @RepeatedTest(50)
    void tellsOfEachBreakerExactlyOnceWhileOthersAreRegistered() {
        Queue<String> told = new ConcurrentLinkedQueue<>();

        Threads.run(4, thread -> {
            if (thread == 0) {
                registry.forEach(breaker -> told.add(breaker.name()));
            } else {
                for (int i = 0; i < 20; i++) {
                    registry.register(thread + "-" + i, DEFAULTS);
                }
            }
        });

        assertThat(told).hasSize(60).doesNotHaveDuplicates();
    }

    @RepeatedTest(200)
    void aListenerThatIsClosedWhileABreakerIsRegisteredHearsNothingOfIt() {
        CircuitBreakerRegistry registry = CircuitBreakerRegistry.create();
        AtomicInteger heard = new AtomicInteger();
        Registration registration = registry.onEvent(event -> heard.incrementAndGet());
        Threads.run(2, thread -> {
            if (thread == 0) {
                registry.register("payments", CircuitBreakerConfig.builder().build());
            } else {
                registration.close();
            }
        });

        registry.find("payments").orElseThrow().reset();

        assertThat(heard).hasValue(0);
    }
}
