package io.breaker.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.retry.Retry;
import io.breaker.retry.RetryConfig;
import io.breaker.timeout.CallTimeoutException;
import io.breaker.timeout.Timeout;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** What a Mono has of its own: one value, that settles the call. */
@org.junit.jupiter.api.Timeout(60)
class ReactorMonoTests {

    private final ReactiveShop shop = new ReactiveShop();

    @AfterEach
    void allIsGivenBack() {
        shop.assertAllIsGivenBack();
    }

    @Test
    void aMonoThatIsCancelledAfterItsValueIsOneSuccess() {
        Mono<String> guarded = ReactorPolicies.mono(shop.pipeline, () -> Mono.just("value"));

        guarded.subscribe(new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                request(1);
            }

            @Override
            protected void hookOnNext(String value) {
                shop.assertTotals(1, 0, 0, 0);
                cancel();
            }
        });

        shop.assertTotals(1, 0, 0, 0);
    }

    @Test
    void theValueSettlesTheCallThoughNobodyAskedForItYet() {
        StepVerifier.create(ReactorPolicies.mono(shop.pipeline, () -> Mono.just("value")), 0)
                .expectSubscription()
                .then(() -> shop.assertTotals(1, 0, 0, 0))
                .thenRequest(1)
                .expectNext("value")
                .verifyComplete();
    }

    @Test
    void aMonoOfWhichNobodyAskedForTheValueIsCancelledAllTheSame() {
        TestPublisher<String> source = TestPublisher.create();
        BaseSubscriber<String> undemanding = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {}
        };

        ReactorPolicies.mono(shop.pipeline, source::mono).subscribe(undemanding);
        undemanding.cancel();

        source.assertCancelled();
        shop.assertTotals(0, 0, 1, 0);
    }

    @Test
    void whoTakesOneOfManyCausesOneSuccess() {
        Mono<String> guarded = ReactorPolicies.mono(shop.pipeline, () -> Mono.just("value"));

        StepVerifier.create(Flux.concat(guarded, guarded).next())
                .expectNext("value")
                .verifyComplete();

        shop.assertTotals(1, 0, 0, 0);
    }

    @Test
    void theResultTrackerSeesTheValueAndThatThereIsNone() {
        ReactiveShop judged = new ReactiveShop(settings -> settings.resultTracker(Objects::isNull));

        StepVerifier.create(ReactorPolicies.mono(judged.breaker, Mono::empty)).verifyComplete();
        StepVerifier.create(ReactorPolicies.mono(judged.breaker, () -> Mono.just("value")))
                .expectNext("value")
                .verifyComplete();

        judged.assertTotals(1, 1, 0, 0);
    }

    @Test
    void aCallIsSettledBeforeItsSubscriberSeesTheEnd() {
        TestPublisher<String> source = TestPublisher.create();

        StepVerifier.create(ReactorPolicies.mono(shop.pipeline, source::mono)
                        .doOnNext(value -> shop.assertTotals(1, 0, 0, 0))
                        .doOnNext(value -> shop.assertAllIsGivenBack()))
                .then(() -> source.emit("value"))
                .expectNext("value")
                .verifyComplete();
    }

    @Test
    void aSinglePolicyStandsAroundAMono() {
        Timeout timeout = Timeout.of("alone", shop.timeout.config(), shop.time, shop.timers);

        StepVerifier.create(ReactorPolicies.mono(timeout, Mono::never))
                .expectSubscription()
                .then(() -> shop.time.advance(ReactiveShop.LIMIT))
                .verifyError(CallTimeoutException.class);
    }

    @Test
    void aRetryAloneDoesNotRetryARejection() {
        AtomicInteger made = new AtomicInteger();
        Retry retry = Retry.of("alone", RetryConfig.ofDefaults(), shop.time, shop.timers);
        shop.breaker.forceOpen();

        StepVerifier.create(ReactorPolicies.mono(retry, () -> {
                    made.incrementAndGet();
                    return ReactorPolicies.mono(shop.breaker, () -> Mono.just("value"));
                }))
                .verifyError(CallNotPermittedException.class);

        assertThat(made).hasValue(1);
    }

    @Test
    void anOperatorAsksAtEachSubscription() {
        Mono<String> guarded = Mono.just("value").transform(ReactorPolicies.monoOperator(shop.pipeline));

        StepVerifier.create(guarded).expectNext("value").verifyComplete();
        StepVerifier.create(guarded).expectNext("value").verifyComplete();

        shop.assertTotals(2, 0, 0, 0);
    }

    @Test
    void aBlockingSubscriberGetsTheValue() {
        assertThat(ReactorPolicies.mono(shop.pipeline, () -> Mono.just("value")).block(Duration.ofSeconds(30)))
                .isEqualTo("value");

        shop.assertTotals(1, 0, 0, 0);
    }
}
