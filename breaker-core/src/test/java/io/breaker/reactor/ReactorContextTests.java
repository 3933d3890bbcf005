package io.breaker.reactor;

import static io.breaker.reactor.ReactiveShop.BACKOFF;
import static io.breaker.reactor.ReactiveShop.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.timeout.CallTimeoutException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** The context of a subscriber reaches whatever is subscribed to on his behalf. */
@Timeout(60)
class ReactorContextTests {

    private static final String USER = "user";

    private final ReactiveShop shop = new ReactiveShop();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void allIsGivenBack() {
        shop.assertAllIsGivenBack();
    }

    @ParameterizedTest
    @EnumSource
    void aSecondAttemptHasTheContext(Kind kind) {
        Publisher<String> source = Mono.deferContextual(context -> {
            seen.add(context.get(USER));
            return Mono.error(new IOException());
        });

        StepVerifier.create(as("ann", kind.guard(shop.pipeline, () -> source)))
                .expectSubscription()
                .then(() -> shop.time.advance(BACKOFF))
                .verifyError(IOException.class);

        assertThat(seen).containsExactly("ann", "ann");
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatWaitedForItsSlotHasItsOwnContext(Kind kind) {
        TestPublisher<String> first = TestPublisher.create();
        Disposable active = as("ann", kind.guard(shop.pipeline, () -> first)).subscribe();
        Publisher<String> second = Mono.deferContextual(context -> Mono.just(context.get(USER)));

        StepVerifier.create(as("bob", kind.guard(shop.pipeline, () -> second)))
                .expectSubscription()
                .then(first::complete)
                .expectNext("bob")
                .verifyComplete();

        assertThat(active.isDisposed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsATimeoutHasTheContext(Kind kind) {
        Flux<String> followed = Flux.from(kind.<String>guard(shop.timeout, Mono::never))
                .onErrorResume(
                        CallTimeoutException.class,
                        late -> Mono.deferContextual(context -> Mono.just(context.get(USER))));

        StepVerifier.create(as("ann", followed))
                .expectSubscription()
                .then(() -> shop.time.advance(LIMIT))
                .expectNext("ann")
                .verifyComplete();
    }

    @Test
    void aFallbackHasTheContext() {
        Mono<String> answered = ReactorPolicies.mono(
                shop.pipeline,
                () -> Mono.<String>error(new IllegalArgumentException()),
                failure -> Mono.deferContextual(context -> Mono.just(context.get(USER))));

        StepVerifier.create(as("ann", answered)).expectNext("ann").verifyComplete();
    }

    private static <T> Flux<T> as(String user, Publisher<T> publisher) {
        return Flux.from(publisher).contextWrite(context -> context.put(USER, user));
    }
}
