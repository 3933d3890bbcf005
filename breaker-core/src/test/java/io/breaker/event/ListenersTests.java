package io.breaker.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.breaker.testing.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ListenersTests {

    private final Listeners<String> listeners = new Listeners<>();
    private final List<String> heard = new ArrayList<>();

    @Test
    void tellsEveryListenerInTheOrderTheyCame() {
        listeners.add(event -> heard.add("first " + event));
        listeners.add(event -> heard.add("second " + event));

        listeners.publish("event");

        assertThat(heard).containsExactly("first event", "second event");
    }

    @Test
    void goesOnAfterAListenerThatThrows() {
        listeners.add(event -> {
            throw new AssertionError("a defect");
        });
        listeners.add(heard::add);

        assertThatNoException().isThrownBy(() -> listeners.publish("event"));

        assertThat(heard).containsExactly("event");
    }

    @Test
    void endsOneRegistrationAndNoOther() {
        Consumer<String> listener = heard::add;
        Registration first = listeners.add(listener);
        listeners.add(listener);

        first.close();
        first.close();
        listeners.publish("event");

        assertThat(heard).containsExactly("event");
    }

    @Test
    void isEmptyUntilSomebodyListensAndOnceNobodyDoes() {
        assertThat(listeners.isEmpty()).isTrue();

        Registration registration = listeners.add(heard::add);
        assertThat(listeners.isEmpty()).isFalse();

        registration.close();
        assertThat(listeners.isEmpty()).isTrue();
    }

    @RepeatedTest(20)
    void losesNoListenerWhereSeveralThreadsAddAndEndSome() {
        LongAdder told = new LongAdder();

        Threads.run(4, thread -> {
            for (int i = 0; i < 50; i++) {
                Registration registration = listeners.add(event -> told.increment());
                if (i % 2 == 0) {
                    registration.close();
                }
            }
        });
        listeners.publish("event");

        assertThat(told.sum()).isEqualTo(100);
    }

    @Test
    void aListenerMayEndItsOwnRegistrationWhileItIsTold() {
        List<Registration> own = new ArrayList<>();
        own.add(listeners.add(event -> {
            heard.add(event);
            own.get(0).close();
        }));

        listeners.publish("first");
        listeners.publish("second");

        assertThat(heard).containsExactly("first");
    }
}
