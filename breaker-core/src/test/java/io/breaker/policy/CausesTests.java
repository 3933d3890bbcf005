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
}
