package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.interceptor.ReactiveShop.Call;
import io.breaker.spring.interceptor.ReactiveShop.Type;
import io.breaker.spring.registry.Breakers;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** What answers in place of methods that return a Mono, a Flux or what Spring can make of one. */
class ReactiveFallbackTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class))
            .withBean("shop", ReactiveShop.class);

    private final TestPublisher<String> source = TestPublisher.create();
    private final AtomicInteger made = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void answersAFailureWithAValue(Type type) {
        run((context, shop) -> {
            StepVerifier.create(type.orValue(shop, counting(Flux.error(new IOException("down")))))
                    .expectNext("value for down")
                    .verifyComplete();

            assertThat(context.getBean(Breakers.class).fallbacks("orValue")).isEqualTo(1);
        });
    }

    @ParameterizedTest
    @EnumSource
    void answersARejectionWithAPublisher(Type type) {
        run((context, shop) -> {
            open(context, "orPublisher");
            StepVerifier.create(type.orPublisher(shop, counting(source), Flux.just("other")))
                    .expectNext("other")
                    .verifyComplete();

            assertThat(made).hasValue(0);
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFallbackThatFailsCarriesTheFirstException(Type type) {
        run((context, shop) -> {
            IOException first = new IOException("down");
            Publisher<String> answer = Flux.error(new IllegalStateException("down too"));
            StepVerifier.create(type.orPublisher(shop, counting(Flux.error(first)), answer))
                    .verifyErrorSatisfies(
                            second -> assertThat(second).hasMessage("down too").hasSuppressedException(first));
        });
    }

    @ParameterizedTest
    @EnumSource
    void answersSeveralSubscribersOfOneResult(Type type) {
        run((context, shop) -> {
            Publisher<String> result = type.orValue(shop, counting(Flux.error(new IOException("down"))));

            StepVerifier.create(Flux.merge(result, result, result))
                    .expectNext("value for down", "value for down", "value for down")
                    .verifyComplete();
        });
    }

    @Test
    void aFluxThatHasEmittedIsContinuedByTheFallback() {
        run((context, shop) -> {
            Flux<String> broken = Flux.just("one", "two").concatWith(Mono.error(new IOException("down")));
            StepVerifier.create(shop.fluxOrFlux(() -> broken, Flux.just("three", "four")))
                    .expectNext("one", "two", "three", "four")
                    .verifyComplete();
        });
    }

    @Test
    void aFallbackOfNothingCompletesWithoutAnElement() {
        run((context, shop) -> StepVerifier.create(shop.monoOrNothing(Mono.error(new IOException("down"))))
                .verifyComplete());
    }

    @ParameterizedTest
    @EnumSource(names = {"MONO", "FLUX"})
    void answersOnlyWhatTheBreakerLetOutWhereOtherAdviceStandsBetween(Type type) {
        Function<MethodInterceptor, ReactiveShop> proxied = between -> {
            ProxyFactory factory = new ProxyFactory(new ReactiveShop());
            factory.setProxyTargetClass(true);
            factory.addAdvice(between);
            return (ReactiveShop) factory.getProxy();
        };
        Object refusal = type == Type.MONO
                ? Mono.error(new IllegalStateException("refused"))
                : Flux.error(new IllegalStateException("refused"));
        runner.withBean("passes", ReactiveShop.class, () -> proxied.apply(invocation -> invocation.proceed()))
                .withBean("refuses", ReactiveShop.class, () -> proxied.apply(invocation -> refusal))
                .withBean("none", ReactiveShop.class, () -> proxied.apply(invocation -> null))
                .run(context -> {
                    Call down = counting(Flux.error(new IOException("down")));
                    Publisher<String> passed = type.orValue(context.getBean("passes", ReactiveShop.class), down);
                    StepVerifier.create(Flux.merge(passed, passed))
                            .expectNext("value for down", "value for down")
                            .verifyComplete();
                    StepVerifier.create(type.orValue(context.getBean("refuses", ReactiveShop.class), down))
                            .verifyErrorMessage("refused");
                    assertThat(type.orValue(context.getBean("none", ReactiveShop.class), down))
                            .isNull();
                    StepVerifier.create(type.call(
                                    context.getBean("passes", ReactiveShop.class), counting(Flux.just("fine"))))
                            .expectNext("fine")
                            .verifyComplete();
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

    private static void open(AssertableApplicationContext context, String name) {
        context.getBean(CircuitBreakerRegistry.class).find(name).orElseThrow().forceOpen();
    }
}
