package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.interceptor.ReactiveShop.Call;
import io.breaker.spring.interceptor.ReactiveShop.Type;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** Methods that return a Mono, a Flux or what Spring can make of one. */
class ReactiveTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean("shop", ReactiveShop.class);

    private final TestPublisher<String> source = TestPublisher.create();
    private final AtomicInteger made = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void nothingIsAskedForAPublisherThatNobodySubscribesTo(Type type) {
        run((context, shop) -> {
            open(context, type.breaker());
            type.call(shop, counting(source));

            assertThat(made).hasValue(0);
            assertThat(totals(context, type.breaker()).rejected()).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource
    void theBodyDoesNotRunWhileTheCircuitIsOpen(Type type) {
        run((context, shop) -> {
            open(context, type.breaker());

            StepVerifier.create(type.call(shop, counting(source))).verifyError(CallNotPermittedException.class);
            assertThat(made).hasValue(0);
            assertThat(totals(context, type.breaker()).rejected()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void eachSubscriptionIsACallOfItsOwn(Type type) {
        run((context, shop) -> {
            Publisher<String> result = type.call(shop, counting(Flux.just("fine")));

            StepVerifier.create(result).expectNext("fine").verifyComplete();
            StepVerifier.create(result).expectNext("fine").verifyComplete();
            assertThat(made).hasValue(2);
            assertThat(totals(context, type.breaker()).succeeded()).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @EnumSource
    void countsWhenTheResultIsComplete(Type type) {
        run((context, shop) -> {
            StepVerifier.create(type.call(shop, counting(source)))
                    .then(() -> assertThat(totals(context, type.breaker()).succeeded())
                            .isZero())
                    .then(() -> source.emit("fine"))
                    .expectNext("fine")
                    .verifyComplete();

            assertThat(totals(context, type.breaker()).succeeded()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aResultWithoutAnElementIsASuccess(Type type) {
        run((context, shop) -> {
            StepVerifier.create(type.call(shop, counting(Flux.empty()))).verifyComplete();

            assertThat(totals(context, type.breaker()).succeeded()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void anErrorSignalIsAFailure(Type type) {
        run((context, shop) -> {
            StepVerifier.create(type.call(shop, counting(Flux.error(new IOException("down")))))
                    .verifyErrorMessage("down");

            assertThat(totals(context, type.breaker()).failed()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void whatTheTrackerDoesNotTrackIsIgnored(Type type) {
        runner.withPropertyValues("breaker.defaults.tracker=typeOf(java.io.IOException)")
                .run(context -> {
                    ReactiveShop shop = context.getBean("shop", ReactiveShop.class);
                    Call call = counting(Flux.error(new IllegalStateException("no IO")));
                    StepVerifier.create(type.call(shop, call)).verifyErrorMessage("no IO");
                    StepVerifier.create(type.orValue(shop, call)).verifyErrorMessage("no IO");

                    assertThat(totals(context, type.breaker())).satisfies(totals -> {
                        assertThat(totals.ignored()).isEqualTo(1);
                        assertThat(totals.failed()).isZero();
                    });
                });
    }

    @ParameterizedTest
    @EnumSource
    void anErrorAtAssemblyIsAFailure(Type type) {
        run((context, shop) -> {
            Call call = () -> {
                throw new IllegalStateException("not assembled");
            };
            StepVerifier.create(type.call(shop, call)).verifyErrorMessage("not assembled");
            StepVerifier.create(type.orValue(shop, call))
                    .expectNext("value for not assembled")
                    .verifyComplete();

            assertThat(totals(context, type.breaker()).failed()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aJavaErrorIsAFailureAndNotAnswered(Type type) {
        run((context, shop) -> {
            Call call = counting(Flux.error(new AssertionError("broken")));
            StepVerifier.create(type.call(shop, call)).verifyError(AssertionError.class);
            StepVerifier.create(type.orValue(shop, call)).verifyError(AssertionError.class);

            assertThat(totals(context, type.breaker()).failed()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aCancelledCallIsNeitherSuccessNorFailure(Type type) {
        run((context, shop) -> {
            StepVerifier.create(type.call(shop, counting(source)))
                    .thenAwait(Duration.ZERO)
                    .thenCancel()
                    .verify();

            source.assertCancelled();
            assertThat(totals(context, type.breaker())).satisfies(totals -> {
                assertThat(totals.ignored()).isEqualTo(1);
                assertThat(totals.succeeded()).isZero();
            });
        });
    }

    @Test
    void aFluxThatIsCancelledAfterAnElementIsASuccess() {
        run((context, shop) -> {
            StepVerifier.create(shop.flux(() -> Flux.just("one", "two")).next())
                    .expectNext("one")
                    .verifyComplete();

            assertThat(totals(context, "flux").succeeded()).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"MONO", "FLUX"})
    void noPublisherIsAFailure(Type type) {
        run((context, shop) -> {
            StepVerifier.create(type == Type.MONO ? shop.mono(() -> null) : shop.flux(() -> null))
                    .verifyError(NullPointerException.class);

            assertThat(totals(context, type.breaker()).failed()).isEqualTo(1);
        });
    }

    private Call counting(Publisher<String> publisher) {
        return () -> {
            made.incrementAndGet();
            return publisher;
        };
    }

    private void run(Check check) {
        runner.run(context -> check.on(context, context.getBean("shop", ReactiveShop.class)));
    }

    private interface Check {

        void on(AssertableApplicationContext context, ReactiveShop shop) throws Throwable;
    }

    private static CallTotals totals(AssertableApplicationContext context, String name) {
        return context.getBean(CircuitBreakerRegistry.class)
                .find(name)
                .orElseThrow()
                .snapshot()
                .totals();
    }

    private static void open(AssertableApplicationContext context, String name) {
        context.getBean(CircuitBreakerRegistry.class).find(name).orElseThrow().forceOpen();
    }
}
