package io.breaker.reactor;

import static io.breaker.reactor.ReactiveShop.BACKOFF;
import static io.breaker.reactor.ReactiveShop.LIMIT;
import static io.breaker.reactor.ReactiveShop.QUEUE_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.bulkhead.BulkheadFullException;
import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.timeout.CallTimeoutException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Each outcome through all the policies at once, for a Mono and a Flux alike: what comes out, and what is counted. */
@Timeout(60)
class ReactorMatrixTests {

    private final ReactiveShop shop = new ReactiveShop();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void allIsGivenBack() {
        shop.assertAllIsGivenBack();
    }

    @ParameterizedTest
    @EnumSource
    void anElementAndAnEndAreASuccess(Kind kind) {
        StepVerifier.create(guarded(kind, () -> Mono.just("value")))
                .expectNext("value")
                .verifyComplete();

        shop.assertTotals(1, 0, 0, 0);
        assertThat(shop.timeout.totals().inTime()).isEqualTo(1);
        assertThat(shop.retry.totals().calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anEndWithoutElementsIsASuccess(Kind kind) {
        StepVerifier.create(guarded(kind, Mono::empty)).verifyComplete();

        shop.assertTotals(1, 0, 0, 0);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsRetriedAndComesOutAsItIs(Kind kind) {
        IOException down = new IOException("down");

        StepVerifier.create(guarded(kind, () -> Mono.error(down)))
                .then(() -> shop.time.advance(BACKOFF))
                .verifyErrorSatisfies(thrown -> assertThat(thrown).isSameAs(down));

        shop.assertTotals(0, 2, 0, 0);
        assertThat(asked).hasValue(2);
        assertThat(shop.retry.totals().exhausted()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aSecondAttemptMakesTheSourceAnew(Kind kind) {
        StepVerifier.create(guarded(kind, () -> asked.get() == 1 ? Mono.error(new IOException()) : Mono.just("again")))
                .expectSubscription()
                .then(() -> shop.time.advance(BACKOFF))
                .expectNext("again")
                .verifyComplete();

        shop.assertTotals(1, 1, 0, 0);
        assertThat(shop.retry.totals().succeededAfterRetry()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureThatIsNotTrackedIsNeitherCountedNorRetried(Kind kind) {
        StepVerifier.create(guarded(kind, () -> Mono.error(new IllegalArgumentException())))
                .verifyError(IllegalArgumentException.class);

        shop.assertTotals(0, 0, 1, 0);
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsAFailureThatIsNotRetried(Kind kind) {
        StepVerifier.create(guarded(kind, () -> Mono.error(new AssertionError())))
                .verifyError(AssertionError.class);

        shop.assertTotals(0, 1, 0, 0);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorThatReactorThrowsThroughIsAFailureToo(Kind kind) {
        StepVerifier.create(guarded(
                        kind,
                        () -> Mono.fromCallable(() -> {
                            throw new NoClassDefFoundError("Gone");
                        })))
                .verifyError(NoClassDefFoundError.class);

        shop.assertTotals(0, 1, 0, 0);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorOfTheSupplierIsAFailureToo(Kind kind) {
        StepVerifier.create(guarded(kind, () -> {
                    throw new StackOverflowError();
                }))
                .verifyError(StackOverflowError.class);

        shop.assertTotals(0, 1, 0, 0);
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionOfTheSupplierIsAFailure(Kind kind) {
        StepVerifier.create(guarded(kind, () -> {
                    throw new IllegalStateException("assembly");
                }))
                .then(() -> shop.time.advance(BACKOFF))
                .verifyErrorMessage("assembly");

        shop.assertTotals(0, 2, 0, 0);
    }

    @ParameterizedTest
    @EnumSource
    void aSupplierWithoutAPublisherIsAFailure(Kind kind) {
        StepVerifier.create(guarded(kind, () -> null))
                .then(() -> shop.time.advance(BACKOFF))
                .verifyError(NullPointerException.class);

        shop.assertTotals(0, 2, 0, 0);
    }

    @ParameterizedTest
    @EnumSource
    void anOpenCircuitRejectsBeforeTheSupplierIsAsked(Kind kind) {
        shop.breaker.forceOpen();

        StepVerifier.create(guarded(kind, () -> Mono.just("value"))).verifyError(CallNotPermittedException.class);

        shop.assertTotals(0, 0, 0, 1);
        assertThat(asked).hasValue(0);
        assertThat(shop.retry.totals().retries()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsAskedForAPublisherWithoutSubscribers(Kind kind) {
        guarded(kind, () -> Mono.just("value"));

        shop.assertTotals(0, 0, 0, 0);
        assertThat(asked).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource
    void eachSubscriptionIsACallOfItsOwn(Kind kind) {
        Publisher<String> guarded = guarded(kind, () -> Mono.just("value"));

        StepVerifier.create(guarded).expectNext("value").verifyComplete();
        StepVerifier.create(guarded).expectNext("value").verifyComplete();
        shop.breaker.forceOpen();
        StepVerifier.create(guarded).verifyError(CallNotPermittedException.class);

        shop.assertTotals(2, 0, 0, 1);
        assertThat(asked).hasValue(2);
    }

    @ParameterizedTest
    @EnumSource
    void aFullBulkheadRejectsWithoutAVerdict(Kind kind) {
        Disposable active = subscribe(guarded(kind, Mono::never));
        Disposable waiting = subscribe(guarded(kind, Mono::never));

        StepVerifier.create(guarded(kind, () -> Mono.just("value"))).verifyError(BulkheadFullException.class);

        shop.assertTotals(0, 0, 1, 0);
        assertThat(asked).hasValue(1);
        waiting.dispose();
        active.dispose();
        shop.assertTotals(0, 0, 3, 0);
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriberWaitsForASlotWithoutAThread(Kind kind) {
        TestPublisher<String> first = TestPublisher.create();
        Disposable active = subscribe(guarded(kind, () -> first));

        StepVerifier.create(guarded(kind, () -> Mono.just("second")))
                .expectSubscription()
                .then(() -> assertThat(asked).hasValue(1))
                .then(first::complete)
                .expectNext("second")
                .verifyComplete();

        assertThat(active.isDisposed()).isTrue();
        shop.assertTotals(2, 0, 0, 0);
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriberThatWaitedInVainIsRejected(Kind kind) {
        Disposable active = subscribe(guarded(kind, Mono::never));

        StepVerifier.create(guarded(kind, () -> Mono.just("value")))
                .expectSubscription()
                .then(() -> shop.time.advance(QUEUE_TIMEOUT))
                .verifyError(BulkheadFullException.class);

        active.dispose();
        assertThat(asked).hasValue(1);
        assertThat(shop.bulkhead.totals().timedOut()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriberThatGivesUpLeavesTheQueue(Kind kind) {
        Disposable active = subscribe(guarded(kind, Mono::never));
        Disposable waiting = subscribe(guarded(kind, Mono::never));

        waiting.dispose();

        assertThat(shop.bulkhead.queued()).isZero();
        assertThat(shop.bulkhead.totals().cancelled()).isEqualTo(1);
        active.dispose();
        assertThat(asked).hasValue(1);
        shop.assertTotals(0, 0, 2, 0);
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatTakesTooLongFailsAndItsSourceIsCancelled(Kind kind) {
        TestPublisher<String> source = TestPublisher.create();

        StepVerifier.create(guarded(kind, () -> source))
                .expectSubscription()
                .then(() -> shop.time.advance(LIMIT))
                .then(source::assertCancelled)
                .then(() -> shop.time.advance(BACKOFF))
                .then(() -> shop.time.advance(LIMIT))
                .verifyError(CallTimeoutException.class);

        shop.assertTotals(0, 2, 0, 0);
        assertThat(shop.timeout.totals().timedOut()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledCallHasNoVerdictAndItsSourceIsCancelled(Kind kind) {
        TestPublisher<String> source = TestPublisher.create();

        subscribe(guarded(kind, () -> source)).dispose();

        source.assertCancelled();
        shop.assertTotals(0, 0, 1, 0);
        assertThat(shop.retry.totals().failed()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatIsCancelledBeforeARetryIsNotMadeAgain(Kind kind) {
        subscribe(guarded(kind, () -> Mono.error(new IOException()))).dispose();
        shop.time.advance(LIMIT);

        shop.assertTotals(0, 1, 0, 0);
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledProbeGivesItsPlaceBack(Kind kind) {
        ReactiveShop probed = new ReactiveShop(
                settings -> settings.cooldown("none").permit("concurrent(1)").successThreshold(1));
        for (int i = 0; i < 100; i++) {
            probed.breaker.begin().fail(new IOException());
        }
        assertThat(probed.breaker.state()).isEqualTo(CircuitState.OPEN);

        subscribe(kind.guard(probed.pipeline, Mono::never)).dispose();
        probed.assertTotals(0, 100, 1, 0);
        StepVerifier.create(kind.guard(probed.pipeline, () -> Mono.just("well")))
                .expectNext("well")
                .verifyComplete();

        assertThat(probed.breaker.state()).isEqualTo(CircuitState.CLOSED);
        probed.assertAllIsGivenBack();
    }

    @ParameterizedTest
    @EnumSource
    void aSecondEndOfASourceChangesNothing(Kind kind) {
        TestPublisher<String> source = TestPublisher.createNoncompliant(TestPublisher.Violation.CLEANUP_ON_TERMINATE);

        StepVerifier.create(guarded(kind, () -> source))
                .then(source::complete)
                .then(() -> source.error(new IOException("late")))
                .expectComplete()
                .verifyThenAssertThat()
                .hasDroppedErrorWithMessage("late");

        shop.assertTotals(1, 0, 0, 0);
    }

    private Publisher<String> guarded(Kind kind, Supplier<? extends Publisher<String>> source) {
        return kind.guard(shop.pipeline, () -> {
            asked.incrementAndGet();
            return source.get();
        });
    }

    private static Disposable subscribe(Publisher<?> publisher) {
        return Flux.from(publisher).subscribe();
    }
}
