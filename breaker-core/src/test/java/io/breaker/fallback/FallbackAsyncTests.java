package io.breaker.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Calls whose result comes later. */
class FallbackAsyncTests {

    private final CompletableFuture<String> source = new CompletableFuture<>();
    private final CompletableFuture<String> answer = new CompletableFuture<>();
    private final Fallback<String> fallback = Fallback.ofStage(IOException.class, failure -> answer);

    @Test
    void aStageThatCompletesNeedsNoAnswer() {
        CompletableFuture<String> returned = call(fallback);

        source.complete("value");

        assertThat(returned).isCompletedWithValue("value");
        assertThat(fallback.totals()).isEqualTo(new FallbackTotals(0, 0));
    }

    @Test
    void aFailureIsAnsweredByItsTypeInsideTheWrapper() {
        CompletableFuture<String> returned = call(fallback);

        source.completeExceptionally(new CompletionException(new IOException()));
        assertThat(returned).isNotDone();
        answer.complete("later");

        assertThat(returned).isCompletedWithValue("later");
        assertThat(fallback.totals()).isEqualTo(new FallbackTotals(1, 0));
    }

    @Test
    void anAnswerThatIsThereEndsTheStageAtOnce() {
        CompletableFuture<String> returned = call(Fallback.of("default"));

        source.completeExceptionally(new IllegalStateException());

        assertThat(returned).isCompletedWithValue("default");
    }

    @Test
    void aSupplierThatThrowsAndOneWithoutAStageAreAnsweredToo() {
        Fallback<String> any = Fallback.of("default");

        assertThat(any.callAsync(() -> {
                    throw new IllegalStateException();
                }))
                .isCompletedWithValue("default");
        assertThat(any.callAsync(() -> null)).isCompletedWithValue("default");
    }

    @Test
    void whatNobodyIsForComesAsItIs() {
        CompletableFuture<String> returned = call(fallback);
        IllegalStateException failure = new IllegalStateException();

        source.completeExceptionally(failure);

        assertThatThrownBy(returned::join).hasCause(failure);
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(call(Fallback.of("default"), CompletableFuture.failedFuture(new StackOverflowError())))
                .isCompletedExceptionally();
    }

    @Test
    void aFallbackThatFailsIsAnsweredByTheRestOfTheChain() {
        CompletableFuture<String> returned =
                call(fallback.or(Fallback.of(IllegalStateException.class, Throwable::getMessage)));
        IOException first = new IOException();
        IllegalStateException second = new IllegalStateException("second");

        source.completeExceptionally(first);
        answer.completeExceptionally(second);

        assertThat(returned).isCompletedWithValue("second");
        assertThat(second.getSuppressed()).containsExactly(first);
    }

    @Test
    void aFallbackThatFailsAndHasNoSuccessorEndsTheStage() {
        CompletableFuture<String> returned = call(fallback);
        IOException first = new IOException();
        IOException second = new IOException();

        source.completeExceptionally(first);
        answer.completeExceptionally(second);

        assertThatThrownBy(returned::join).hasCause(second);
        assertThat(second.getSuppressed()).containsExactly(first);
        assertThat(fallback.totals()).isEqualTo(new FallbackTotals(0, 1));
    }

    @Test
    void aFallbackThatThrowsOrReturnsNoStageHasFailed() {
        IOException first = new IOException();
        IllegalStateException second = new IllegalStateException();

        CompletableFuture<String> threw = call(
                Fallback.of(IOException.class, failure -> {
                    throw second;
                }),
                CompletableFuture.failedFuture(first));
        CompletableFuture<String> none =
                call(Fallback.ofStage(IOException.class, failure -> null), CompletableFuture.failedFuture(first));

        assertThatThrownBy(threw::join).hasCause(second);
        assertThat(second.getSuppressed()).containsExactly(first);
        assertThatThrownBy(none::join)
                .cause()
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the fallback returned no stage");
    }

    @Test
    void cancellingCancelsTheCallAndAsksForNoAnswer() {
        CompletableFuture<String> returned = call(Fallback.of("default"));

        returned.cancel(true);

        assertThat(source).isCancelled();
        assertThat(returned).isCancelled();
    }

    @Test
    void cancellingDuringTheAnswerCancelsTheAnswer() {
        CompletableFuture<String> returned = call(fallback);
        source.completeExceptionally(new IOException());

        returned.cancel(true);

        assertThat(answer).isCancelled();
        assertThat(fallback.totals()).isEqualTo(new FallbackTotals(0, 0));
    }

    private CompletableFuture<String> call(Fallback<String> with) {
        return call(with, source);
    }

    private static CompletableFuture<String> call(Fallback<String> with, CompletionStage<String> source) {
        return with.callAsync(() -> source).toCompletableFuture();
    }
}
