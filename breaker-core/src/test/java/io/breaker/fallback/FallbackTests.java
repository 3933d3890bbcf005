package io.breaker.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.event.Listeners;
import io.breaker.fallback.FallbackEvent.Answered;
import io.breaker.fallback.FallbackEvent.Failed;
import io.breaker.policy.CallRejectedException;
import io.breaker.testing.LogCapture;
import io.breaker.testing.ManualTime;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Calls on the caller's thread. */
class FallbackTests {

    private static final IOException DOWN = new IOException("down");

    @Test
    void aCallThatSucceedsNeedsNoAnswer() throws Exception {
        Fallback<String> fallback = Fallback.of("default");

        assertThat(fallback.call(() -> "value")).isEqualTo("value");
        assertThat(fallback.get(() -> "value")).isEqualTo("value");

        assertThat(fallback.totals()).isEqualTo(new FallbackTotals(0, 0));
    }

    @Test
    void aValueAnswersEveryException() throws Exception {
        Fallback<String> fallback = Fallback.of("default");

        assertThat(fallback.call(failing(DOWN))).isEqualTo("default");
        assertThat(fallback.get(() -> {
                    throw new IllegalStateException();
                }))
                .isEqualTo("default");
        assertThat(fallback.call(failing(new Full()))).isEqualTo("default");
        assertThat(fallback.answer(DOWN)).isEqualTo("default");

        assertThat(fallback.totals()).isEqualTo(new FallbackTotals(4, 0));
    }

    @Test
    void nullIsAnAnswerLikeAnyOther() throws Exception {
        Fallback<String> fallback = Fallback.of(Exception.class, failure -> null);

        assertThat(fallback.call(failing(DOWN))).isNull();
        assertThat(fallback.totals().answered()).isEqualTo(1);
    }

    @Test
    void answersTheTypeItIsForAndItsSubclasses() throws Exception {
        Fallback<String> fallback = Fallback.of(IOException.class, Throwable::getMessage);
        IllegalStateException other = new IllegalStateException();

        assertThat(fallback.call(failing(DOWN))).isEqualTo("down");
        assertThat(fallback.call(failing(new FileNotFoundException("gone")))).isEqualTo("gone");
        assertThatThrownBy(() -> fallback.call(failing(other))).isSameAs(other);

        assertThat(other.getSuppressed()).isEmpty();
        assertThat(fallback.isFor(new FileNotFoundException())).isTrue();
        assertThat(fallback.isFor(other)).isFalse();
        assertThat(fallback.totals()).isEqualTo(new FallbackTotals(2, 0));
    }

    @Test
    void anErrorIsAnsweredOnlyByWhoNamesIt() throws Exception {
        StackOverflowError error = new StackOverflowError();

        assertThatThrownBy(() -> Fallback.of("default").call(failing(error))).isSameAs(error);
        assertThatThrownBy(() -> Fallback.of(RuntimeException.class, failure -> "default")
                        .get(() -> {
                            throw error;
                        }))
                .isSameAs(error);
        assertThat(Fallback.of(Error.class, failure -> "default").call(failing(error)))
                .isEqualTo("default");
        assertThat(Fallback.of(Throwable.class, failure -> "default").call(failing(error)))
                .isEqualTo("default");
    }

    @Test
    void aChainIsAskedInItsOrder() throws Exception {
        Fallback<String> fallback = Fallback.of(FileNotFoundException.class, failure -> "not found")
                .or(Fallback.of(IOException.class, failure -> "unreachable"))
                .or(Fallback.of("unknown"));

        assertThat(fallback.call(failing(new FileNotFoundException()))).isEqualTo("not found");
        assertThat(fallback.call(failing(DOWN))).isEqualTo("unreachable");
        assertThat(fallback.call(failing(new IllegalStateException()))).isEqualTo("unknown");
    }

    @Test
    void aFallbackThatFailsIsAnsweredByTheRestOfTheChain() throws Exception {
        IllegalStateException missing = new IllegalStateException("not in the cache");
        List<Throwable> seen = new ArrayList<>();
        Fallback<String> cache = Fallback.of(IOException.class, failure -> {
            throw missing;
        });
        Fallback<String> fallback = cache.or(Fallback.of(Exception.class, failure -> {
            seen.add(failure);
            return "default";
        }));

        assertThat(fallback.call(failing(DOWN))).isEqualTo("default");

        assertThat(seen).containsExactly(missing);
        assertThat(missing.getSuppressed()).containsExactly(DOWN);
        assertThat(fallback.totals()).isEqualTo(new FallbackTotals(1, 1));
        assertThat(cache.totals()).isEqualTo(new FallbackTotals(0, 0));
    }

    @Test
    void theCallerGetsWhatTheLastFallbackThrewWithTheFirstFailureInside() {
        IOException first = new IOException("first");
        IllegalStateException second = new IllegalStateException("second");
        Fallback<String> fallback = Fallback.of(IOException.class, failure -> {
            throw second;
        });

        assertThatThrownBy(() -> fallback.call(failing(first))).isSameAs(second);

        assertThat(second.getSuppressed()).containsExactly(first);
        assertThat(fallback.totals()).isEqualTo(new FallbackTotals(0, 1));
    }

    @Test
    void aFallbackMayThrowTheFailureItself() {
        IllegalStateException failure = new IllegalStateException();
        Fallback<String> fallback = Fallback.of(IllegalStateException.class, thrown -> {
            throw thrown;
        });

        assertThatThrownBy(() -> fallback.call(failing(failure))).isSameAs(failure);

        assertThat(failure.getSuppressed()).isEmpty();
    }

    @Test
    void anAnsweredInterruptionLeavesTheFlagSet() throws Exception {
        List<Boolean> flags = new ArrayList<>();
        Fallback<String> fallback = Fallback.of(InterruptedException.class, failure -> {
            flags.add(Thread.currentThread().isInterrupted());
            return "default";
        });

        assertThat(fallback.call(failing(new InterruptedException()))).isEqualTo("default");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(flags).containsExactly(false);
    }

    @Test
    void anInterruptionThatNobodyAnswersComesAsItIs() {
        Fallback<String> fallback = Fallback.of(IOException.class, failure -> "default");

        assertThatThrownBy(() -> fallback.call(failing(new InterruptedException())))
                .isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void anAnswerThatComesLaterIsWaitedFor() throws Exception {
        Fallback<String> fallback =
                Fallback.ofStage(IOException.class, failure -> CompletableFuture.supplyAsync(() -> "later"));

        assertThat(fallback.call(failing(DOWN))).isEqualTo("later");
    }

    @Test
    void anAnswerThatComesLaterMayFail() {
        IllegalStateException missing = new IllegalStateException();
        Fallback<String> failed =
                Fallback.ofStage(IOException.class, failure -> CompletableFuture.failedFuture(missing));
        Fallback<String> none = Fallback.ofStage(IOException.class, failure -> null);

        assertThatThrownBy(() -> failed.call(failing(new IOException("first")))).isSameAs(missing);
        assertThatThrownBy(() -> none.call(failing(new IOException())))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the fallback returned no stage");
        assertThat(missing.getSuppressed()).hasSize(1);
    }

    @Test
    void anInterruptedWaitForAnAnswerKeepsTheFlag() {
        Fallback<String> fallback = Fallback.ofStage(IOException.class, failure -> new CompletableFuture<>());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> fallback.call(failing(new IOException()))).isInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void tellsItsListenersWhatItAnsweredAndWhereItFailed() throws Exception {
        ManualTime time = new ManualTime();
        IllegalStateException missing = new IllegalStateException();
        Fallback<String> fallback = Fallback.<String, IOException>of(IOException.class, failure -> {
                    throw missing;
                })
                .or(Fallback.of("default"))
                .named("lastKnown", time);
        List<FallbackEvent> events = new ArrayList<>();
        fallback.onEvent(events::add);
        fallback.onEvent(Answered.class, event -> {
            throw new StackOverflowError();
        });

        try (LogCapture log = LogCapture.of(Listeners.class)) {
            assertThat(fallback.call(failing(DOWN))).isEqualTo("default");
            assertThat(log.messages()).containsExactly("a listener threw on Answered");
        }

        assertThat(events)
                .containsExactly(
                        new Failed("lastKnown", time.instant(), DOWN, missing),
                        new Answered("lastKnown", time.instant(), missing));
    }

    @Test
    void countsItsAnswersElsewhereToo() throws Exception {
        LongAdder counter = new LongAdder();
        Fallback<String> fallback = Fallback.of("default");

        fallback.counting(counter).call(failing(DOWN));
        fallback.call(failing(DOWN));

        assertThat(counter.sum()).isEqualTo(1);
        assertThat(fallback.totals().answered()).isEqualTo(2);
    }

    @Test
    void hasAName() {
        assertThat(Fallback.of(1)).hasToString("Fallback 'fallback'");
        assertThat(Fallback.of(1).named("lastKnown").name()).isEqualTo("lastKnown");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fallback.of(1).named(""))
                .withMessage("name must not be blank: ''");
    }

    private static Callable<String> failing(Throwable thrown) {
        return () -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        };
    }

    private static final class Full extends CallRejectedException {

        private static final long serialVersionUID = 1L;

        Full() {
            super("full");
        }
    }
}
