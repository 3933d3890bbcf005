package io.breaker.reactor;

import static io.breaker.reactor.ReactiveShop.BACKOFF;
import static io.breaker.reactor.ReactiveShop.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.pipeline.Pipeline;
import io.breaker.policy.Policy;
import io.breaker.timeout.CallTimeoutException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** What a Flux has of its own: several elements, that flow as they are asked for. */
@Timeout(60)
class ReactorFluxTests {

    private final ReactiveShop shop = new ReactiveShop();

    @AfterEach
    void allIsGivenBack() {
        shop.assertAllIsGivenBack();
    }

    @Test
    void aFluxIsSettledWhenItEnds() {
        TestPublisher<String> source = TestPublisher.create();

        StepVerifier.create(guarded(source))
                .then(() -> source.next("a", "b"))
                .expectNext("a", "b")
                .then(() -> shop.assertTotals(0, 0, 0, 0))
                .then(source::complete)
                .verifyComplete();

        shop.assertTotals(1, 0, 0, 0);
    }

    @Test
    void aFluxThatIsCancelledAfterAnElementIsASuccess() {
        TestPublisher<String> source = TestPublisher.create();

        StepVerifier.create(guarded(source))
                .then(() -> source.next("a"))
                .expectNext("a")
                .thenCancel()
                .verify();

        source.assertCancelled();
        shop.assertTotals(1, 0, 0, 0);
        assertThat(shop.timeout.totals().inTime()).isEqualTo(1);
    }

    @Test
    void whoTakesTheFirstElementsCausesASuccess() {
        StepVerifier.create(guarded(Flux.range(0, 1000).map(String::valueOf)).next())
                .expectNext("0")
                .verifyComplete();
        StepVerifier.create(guarded(Flux.range(0, 1000).map(String::valueOf)).take(2))
                .expectNext("0", "1")
                .verifyComplete();

        shop.assertTotals(2, 0, 0, 0);
    }

    @Test
    void aFluxThatHasEmittedIsNotRetried() {
        AtomicInteger made = new AtomicInteger();

        StepVerifier.create(ReactorPolicies.flux(shop.pipeline, () -> {
                    made.incrementAndGet();
                    return Flux.just("a").concatWith(Mono.error(new IOException("broke off")));
                }))
                .expectNext("a")
                .verifyErrorMessage("broke off");

        assertThat(made).hasValue(1);
        shop.assertTotals(0, 1, 0, 0);
        assertThat(shop.retry.totals().failed()).isEqualTo(1);
        assertThat(shop.retry.totals().exhausted()).isZero();
    }

    @Test
    void theLimitOfATimeoutBoundsTheWholeFlux() {
        TestPublisher<String> source = TestPublisher.create();

        StepVerifier.create(guarded(source))
                .then(() -> source.next("a"))
                .expectNext("a")
                .then(() -> shop.time.advance(LIMIT))
                .verifyError(CallTimeoutException.class);

        source.assertCancelled();
        shop.assertTotals(0, 1, 0, 0);
    }

    @Test
    void elementsFlowAsTheyAreAskedFor() {
        List<Long> asked = new ArrayList<>();
        Flux<Integer> guarded = ReactorPolicies.flux(
                shop.pipeline, () -> Flux.range(1, 5).hide().doOnRequest(asked::add));

        StepVerifier.create(guarded, 0)
                .expectSubscription()
                .then(() -> assertThat(asked).isEmpty())
                .thenRequest(1)
                .expectNext(1)
                .thenRequest(2)
                .expectNext(2, 3)
                .then(() -> assertThat(asked).containsExactly(1L, 2L))
                .thenRequest(Long.MAX_VALUE)
                .expectNext(4, 5)
                .verifyComplete();
    }

    @Test
    void anErrorThatReactorThrowsThroughToWhoAsksForElementsIsAFailure() {
        Flux<String> source = Flux.generate(sink -> {
            throw new NoClassDefFoundError("Gone");
        });

        StepVerifier.create(guarded(source), 0)
                .expectSubscription()
                .thenRequest(1)
                .verifyError(NoClassDefFoundError.class);

        shop.assertTotals(0, 1, 0, 0);
    }

    @Test
    void aSecondAttemptIsAskedForWhatTheFirstOneOwes() {
        List<Long> asked = new ArrayList<>();
        AtomicInteger made = new AtomicInteger();
        Flux<Integer> source =
                Flux.defer(() -> made.incrementAndGet() == 1 ? Flux.error(new IOException()) : Flux.range(1, 9));
        Flux<Integer> guarded =
                ReactorPolicies.flux(shop.pipeline, () -> source.hide().doOnRequest(asked::add));

        StepVerifier.create(guarded, 3)
                .expectSubscription()
                .then(() -> shop.time.advance(BACKOFF))
                .expectNext(1, 2, 3)
                .thenRequest(1)
                .expectNext(4)
                .then(() -> assertThat(asked).containsExactly(3L, 3L, 1L))
                .thenCancel()
                .verify();

        shop.assertTotals(1, 1, 0, 0);
    }

    @Test
    void anAttemptThatWasGivenUpEmitsNothingMore() {
        List<TestPublisher<String>> sources = new ArrayList<>();

        StepVerifier.create(ReactorPolicies.flux(shop.pipeline, () -> {
                    TestPublisher<String> deaf =
                            TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);
                    sources.add(deaf);
                    return Flux.from(subscriber -> deaf.subscribe(new Uncancellable<>(subscriber)));
                }))
                .expectSubscription()
                .then(() -> shop.time.advance(LIMIT.plus(BACKOFF)))
                .then(() -> sources.get(0).next("stale"))
                .then(() -> sources.get(1).next("fresh"))
                .expectNext("fresh")
                .then(() -> sources.get(1).complete())
                .expectComplete()
                .verifyThenAssertThat()
                .hasDropped("stale");

        shop.assertTotals(1, 1, 0, 0);
    }

    @Test
    void whoCancelsWhenHeGetsTheSubscriptionAsksNothing() {
        guarded(Flux.just("a")).subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.cancel();
            }
        });

        shop.assertTotals(0, 0, 0, 0);
    }

    @Test
    void whoCancelsWhileTheSourceIsMadeEndsTheCall() {
        TestPublisher<String> source = TestPublisher.create();
        Disposable.Swap subscription = Disposables.swap();
        Flux<String> guarded = ReactorPolicies.flux(shop.pipeline, () -> {
            subscription.dispose();
            return source;
        });

        guarded.subscribe(cancelledBy(subscription));

        source.assertCancelled();
        shop.assertTotals(0, 0, 1, 0);
    }

    @Test
    void noSourceIsMadeForWhoHasCancelled() {
        AtomicInteger made = new AtomicInteger();
        Disposable.Swap subscription = Disposables.swap();
        Pipeline pipeline = Pipeline.builder("late")
                .circuitBreaker(shop.breaker)
                .inside(new Before(subscription::dispose))
                .build();
        Flux<String> guarded = ReactorPolicies.flux(pipeline, () -> {
            made.incrementAndGet();
            return Flux.never();
        });

        guarded.subscribe(cancelledBy(subscription));

        assertThat(made).hasValue(0);
        shop.assertTotals(0, 0, 1, 0);
    }

    @Test
    void theResultTrackerSeesTheLastElement() {
        ReactiveShop judged = new ReactiveShop(settings -> settings.resultTracker("bad"::equals));

        StepVerifier.create(ReactorPolicies.flux(judged.breaker, () -> Flux.just("bad", "good")))
                .expectNext("bad", "good")
                .verifyComplete();
        StepVerifier.create(ReactorPolicies.flux(judged.breaker, () -> Flux.just("good", "bad")))
                .expectNext("good", "bad")
                .verifyComplete();

        judged.assertTotals(1, 1, 0, 0);
    }

    @Test
    void aPolicyOfTheUsersThatMakesTheCallAgainRepeatsNoElement() {
        AtomicInteger made = new AtomicInteger();
        Pipeline pipeline = Pipeline.builder("twice")
                .around(new Twice())
                .circuitBreaker(shop.breaker)
                .build();

        StepVerifier.create(ReactorPolicies.flux(pipeline, () -> {
                    made.incrementAndGet();
                    return Flux.just("a").concatWith(Mono.error(new IOException("broke off")));
                }))
                .expectNext("a")
                .verifyErrorMessage("broke off");

        assertThat(made).hasValue(1);
    }

    @Test
    void aPipelineWithoutPoliciesPassesEverythingThrough() {
        Pipeline none = Pipeline.builder("none").build();

        StepVerifier.create(ReactorPolicies.flux(none, () -> Flux.just("a", "b")))
                .expectNext("a", "b")
                .verifyComplete();
        StepVerifier.create(ReactorPolicies.flux(none, () -> null)).verifyError(NullPointerException.class);
    }

    @Test
    void anOperatorAsksAtEachSubscription() {
        Flux<String> guarded = Flux.just("a", "b").transform(ReactorPolicies.fluxOperator(shop.pipeline));

        StepVerifier.create(guarded).expectNext("a", "b").verifyComplete();
        StepVerifier.create(guarded).expectNext("a", "b").verifyComplete();

        shop.assertTotals(2, 0, 0, 0);
    }

    private Flux<String> guarded(Publisher<String> source) {
        return ReactorPolicies.flux(shop.pipeline, () -> source);
    }

    private static BaseSubscriber<String> cancelledBy(Disposable.Swap subscription) {
        BaseSubscriber<String> subscriber = new BaseSubscriber<>() {};
        subscription.update(subscriber);
        return subscriber;
    }

    /** A source that does not heed its cancellation. */
    private static final class Uncancellable<T> extends BaseSubscriber<T> {

        private final Subscriber<? super T> actual;

        Uncancellable(Subscriber<? super T> actual) {
            this.actual = actual;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            requestUnbounded();
            actual.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {}

                @Override
                public void cancel() {}
            });
        }

        @Override
        protected void hookOnNext(T element) {
            actual.onNext(element);
        }

        @Override
        protected void hookOnComplete() {
            actual.onComplete();
        }
    }

    /** Makes a call again that failed, and knows nothing of elements. */
    private static final class Twice extends Synchronous {

        @Override
        public <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
            return call.get().exceptionallyCompose(thrown -> call.get());
        }
    }

    /** Does something before each call. */
    private static final class Before extends Synchronous {

        private final Runnable action;

        Before(Runnable action) {
            this.action = action;
        }

        @Override
        public <T> CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
            action.run();
            return call.get();
        }
    }

    /** A policy that does nothing about synchronous calls. */
    private abstract static class Synchronous implements Policy {

        @Override
        public <T> T call(Callable<T> call) throws Exception {
            return call.call();
        }

        @Override
        public <T> T get(Supplier<T> call) {
            return call.get();
        }

        @Override
        public void run(Runnable call) {
            call.run();
        }
    }
}
