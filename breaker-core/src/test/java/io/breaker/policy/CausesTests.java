package io.breaker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class CausesTests {

    @Test
    void takesOffEveryAsynchronousWrapper() {
        IOException thrown = new IOException();

        assertThat(Causes.unwrap(new CompletionException(new ExecutionException(new CompletionException(thrown)))))
                .isSameAs(thrown);
    }

    @Test
    void leavesEverythingElseAsItIs() {
        RuntimeException thrown = new RuntimeException(new IOException());

        assertThat(Causes.unwrap(thrown)).isSameAs(thrown);
    }

    @Test
    void aWrapperWithoutACauseStandsForItself() {
        CompletionException bare = new CompletionException("no cause", null);

        assertThat(Causes.unwrap(bare)).isSameAs(bare);
    }

    @Test
    void anOutcomeTellsOfAFailureBeforeIt() {
        IllegalStateException outcome = new IllegalStateException();
        IllegalStateException earlier = new IllegalStateException();

        Causes.suppress(outcome, earlier);
        Causes.suppress(outcome, outcome);

        assertThat(outcome.getSuppressed()).containsExactly(earlier);
    }

    @Test
    void whatWasMadeInAdvanceIsLeftAlone() {
        IllegalStateException shared = new IllegalStateException();
        shared.setStackTrace(new StackTraceElement[0]);

        Causes.suppress(shared, new IllegalStateException());

        assertThat(shared.getSuppressed()).isEmpty();
    }

    @Test
    void anOutcomeThatIsThrownAgainAndAgainDoesNotGrowWithoutEnd() {
        IllegalStateException outcome = new IllegalStateException();

        for (int i = 0; i < 1_000; i++) {
            Causes.suppress(outcome, new IllegalStateException());
        }

        assertThat(outcome.getSuppressed()).hasSize(16);
    }
}
