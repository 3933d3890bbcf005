package io.breaker.circuitbreaker.window;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Runs two threads through every interleaving that Lincheck finds, then asks what the window holds: it must be the last
 * calls of some order that the two threads could have had.
 */
public class RingCounterLincheckTests {

    private final WindowCounter counter = Window.count(2).newCounter(WindowRules.NONE, 0);

    @Operation
    public void succeed() {
        counter.record(false, 0, 0);
    }

    @Operation
    public void fail() {
        counter.record(true, 0, 0);
    }

    @Operation
    public long figures() {
        return counter.total() * 10 + counter.failures();
    }

    /** What the window holds, written so that it is obviously right. */
    public static class Model {

        private final Deque<Boolean> calls = new ArrayDeque<>();

        public void succeed() {
            add(false);
        }

        public void fail() {
            add(true);
        }

        public long figures() {
            return calls.size() * 10L + calls.stream().filter(failed -> failed).count();
        }

        private void add(boolean failed) {
            calls.addLast(failed);
            if (calls.size() > 2) {
                calls.removeFirst();
            }
        }
    }

    @Test
    void holdsTheLastCallsOfAnOrderThatTheThreadsCouldHaveHad() throws NoSuchMethodException {
        Actor succeed = actor("succeed");
        Actor fail = actor("fail");
        Actor figures = actor("figures");
        List<Actor> after = List.of(figures, succeed, figures, succeed, figures);
        for (List<Actor> before : List.of(List.<Actor>of(), List.of(succeed, succeed), List.of(fail, succeed))) {
            for (List<Actor> second :
                    List.of(List.of(succeed, succeed), List.of(succeed, fail), List.of(fail, fail, succeed))) {
                var scenario = new ExecutionScenario(before, List.of(List.of(fail, succeed), second), after, null);
                new ModelCheckingOptions()
                        .iterations(0)
                        .invocationsPerIteration(500)
                        .addCustomScenario(scenario)
                        .sequentialSpecification(Model.class)
                        .check(RingCounterLincheckTests.class);
            }
        }
    }

    private static Actor actor(String name) throws NoSuchMethodException {
        return new Actor(RingCounterLincheckTests.class.getMethod(name), List.of(), false, false, false, false, false);
    }
}
