package io.breaker.spring.http;

import io.breaker.circuitbreaker.OngoingCall;
import io.breaker.policy.Policy;
import io.breaker.reactor.ReactorPolicies;
import io.breaker.retry.Retry;
import io.breaker.spring.registry.CallsUnderWay;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;

/**
 * One call of a {@code WebClient} on its way through its policies. The caller gets the response of the last attempt as it
 * came; every other response is released. For one subscription.
 */
final class ReactiveExchange {

    private final HttpGuard guard;
    private final HttpPolicies policies;
    private final @Nullable Object noted;
    private final ClientRequest request;
    private final ExchangeFunction next;

    /*
     * Invariants
     *
     * - Attempts come one after another, and each writes these before it ends. What a cancelled attempt brings later
     *   goes to its own HeldResponse, which lets it go.
     */
    private volatile HeldResponse held = new HeldResponse();

    private volatile @Nullable ClientResponse response;
    private volatile @Nullable FailedStatusException failure;

    /** Makes an exchange; {@code noted} is what the context of its subscriber has of {@link CallsUnderWay}. */
    ReactiveExchange(
            HttpGuard guard,
            HttpPolicies policies,
            @Nullable Object noted,
            ClientRequest request,
            ExchangeFunction next) {
        this.guard = guard;
        this.policies = policies;
        this.noted = noted;
        this.request = request;
        this.next = next;
    }

    Mono<ClientResponse> make() {
        if (policies.isBreakerAlone()) {
            return settled(policies.breaker().begin(), exchange());
        }
        Retry retry = policies.retry();
        Mono<ClientResponse> guarded = retry == null
                ? attempt()
                : ReactorPolicies.mono(retry, this::repeatable)
                        .onErrorResume(FailedStatusException.class, this::responseOf);
        return guarded.doOnNext(taken -> held.take()).doFinally(signal -> held.drop());
    }

    /** Makes one attempt of several: a failed status is an error then, which the retry can see. */
    private Mono<ClientResponse> repeatable() {
        return attempt().flatMap(came -> {
            FailedStatusException failed = failure;
            if (failed == null) {
                return Mono.just(came);
            }
            failed.hold(held::drop);
            // Hidden: a bare error would make flatMap cancel the exchange, and its response may be the one to give out.
            return Mono.<ClientResponse>error(failed).hide();
        });
    }

    /** Gives the caller the response of the last attempt; one that was let go still has its status and headers. */
    private Mono<ClientResponse> responseOf(FailedStatusException last) {
        if (last != failure) {
            return Mono.error(last);
        }
        last.handOver();
        return Mono.just(Objects.requireNonNull(response));
    }

    private Mono<ClientResponse> attempt() {
        OngoingCall call = policies.breaker().begin();
        HeldResponse attempted = new HeldResponse();
        held = attempted;
        Mono<ClientResponse> exchange = exchange().doOnNext(attempted::hold).doOnCancel(attempted::dropIfLate);
        Policy inside = policies.inside();
        Mono<ClientResponse> guarded = inside == null
                ? exchange
                : ReactorPolicies.mono(inside, () -> {
                    call.startClock();
                    return exchange;
                });
        // A timeout may take the place of a response that is there already.
        return settled(call, guarded).doOnError(thrown -> attempted.drop());
    }

    private Mono<ClientResponse> exchange() {
        return Mono.defer(() -> next.exchange(request));
    }

    /** Tells the breaker how the exchange ends. */
    private Mono<ClientResponse> settled(OngoingCall call, Mono<ClientResponse> exchange) {
        return exchange.doOnNext(came -> settle(call, came))
                .doOnError(call::fail)
                // What was settled before stays so: this is for an exchange that is cancelled, or brings nothing.
                .doFinally(signal -> call.ignore())
                .contextWrite(context ->
                        context.put(CallsUnderWay.CONTEXT_KEY, CallsUnderWay.with(policies.breaker(), noted)));
    }

    private void settle(OngoingCall call, ClientResponse came) {
        response = came;
        failure = guard.settle(call, came.statusCode(), came.headers().asHttpHeaders());
    }
}
