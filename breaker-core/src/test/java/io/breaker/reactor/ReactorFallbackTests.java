package io.breaker.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.fallback.Fallback;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Fallbacks around a Mono and a Flux; failures are of a kind that is not retried. */
@Timeout(60)
class ReactorFallbackTests {

    private static final IllegalArgumentException DOWN = new IllegalArgumentException("down");

    private final ReactiveShop shop = new ReactiveShop();

    @AfterEach
    void allIsGivenBack() {
        shop.assertAllIsGivenBack();
    }

    @Test
    void aFallbackAnswersTheFailureOfAMono() {
        StepVerifier.create(ReactorPolicies.mono(shop.pipeline, () -> Mono.error(DOWN), Fallback.of("instead")))
                .expectNext("instead")
                .verifyComplete();

        assertThat(shop.pipeline.fallbacks()).isEqualTo(1);
    }

    @Test
    void aFallbackAnswersARejection() {
        shop.breaker.forceOpen();
        Fallback<String> fallback = Fallback.of(CallNotPermittedException.class, refused -> "instead");

        StepVerifier.create(Mono.just("value").transform(ReactorPolicies.monoOperator(shop.pipeline, fallback)))
                .expectNext("instead")
                .verifyComplete();
        StepVerifier.create(Flux.just("value").transform(ReactorPolicies.fluxOperator(shop.pipeline, fallback)))
                .expectNext("instead")
                .verifyComplete();

        assertThat(shop.pipeline.fallbacks()).isEqualTo(2);
        assertThat(fallback.totals().answered()).isEqualTo(2);
    }

    @Test
    void aFailureThatAFallbackIsNotForComesOut() {
        Fallback<String> fallback = Fallback.of(IOException.class, failure -> "instead");

        StepVerifier.create(ReactorPolicies.mono(shop.pipeline, () -> Mono.error(DOWN), fallback))
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(DOWN));
        StepVerifier.create(ReactorPolicies.flux(shop.pipeline, () -> Flux.error(DOWN), fallback))
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(DOWN));

        assertThat(shop.pipeline.fallbacks()).isZero();
    }

    @Test
    void anAnswerThatComesLaterIsWaitedFor() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Fallback<String> fallback = Fallback.ofStage(Exception.class, failure -> answer);

        StepVerifier.create(ReactorPolicies.mono(shop.pipeline, () -> Mono.error(DOWN), fallback))
                .expectSubscription()
                .then(() -> answer.complete("late"))
                .expectNext("late")
                .verifyComplete();
    }

    @Test
    void aFluxThatHasEmittedIsContinuedByTheAnswer() {
        Flux<String> source = Flux.just("a", "b").concatWith(Mono.error(DOWN));

        StepVerifier.create(ReactorPolicies.flux(shop.pipeline, () -> source, Fallback.of("c")))
                .expectNext("a", "b", "c")
                .verifyComplete();
        StepVerifier.create(ReactorPolicies.flux(shop.pipeline, () -> source, failure -> Flux.just("c", "d")), 3)
                .expectNext("a", "b", "c")
                .thenRequest(1)
                .expectNext("d")
                .verifyComplete();

        assertThat(shop.pipeline.fallbacks()).isEqualTo(2);
    }

    @Test
    void aFunctionGivesTheMonoThatGoesOn() {
        StepVerifier.create(ReactorPolicies.mono(
                        shop.pipeline, () -> Mono.<String>error(DOWN), failure -> Mono.just(failure.getMessage())))
                .expectNext("down")
                .verifyComplete();

        assertThat(shop.pipeline.fallbacks()).isEqualTo(1);
    }

    @Test
    void aFunctionThatGivesTheFailureBackHasNotAnswered() {
        StepVerifier.create(ReactorPolicies.mono(shop.pipeline, () -> Mono.<String>error(DOWN), Mono::error))
                .verifyErrorSatisfies(
                        thrown -> assertThat(thrown).isSameAs(DOWN).hasNoSuppressedExceptions());

        assertThat(shop.pipeline.fallbacks()).isZero();
    }

    @Test
    void whatAFunctionThrowsCarriesTheFailure() {
        StepVerifier.create(ReactorPolicies.flux(shop.pipeline, () -> Flux.<String>error(DOWN), failure -> {
                    throw new IllegalStateException("worse");
                }))
                .verifyErrorSatisfies(
                        thrown -> assertThat(thrown).hasMessage("worse").hasSuppressedException(DOWN));

        assertThat(shop.pipeline.fallbacks()).isZero();
    }

    @Test
    void aFallbackThatIsCancelledIsNoAnswer() {
        TestPublisher<String> answer = TestPublisher.create();

        ReactorPolicies.flux(shop.pipeline, () -> Flux.<String>error(DOWN), failure -> answer)
                .subscribe()
                .dispose();

        answer.assertCancelled();
        assertThat(shop.pipeline.fallbacks()).isZero();
    }
}
