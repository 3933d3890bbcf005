package io.breaker.spring.interceptor;

import io.breaker.policy.Causes;
import io.breaker.reactor.ReactorPolicies;
import io.breaker.spring.registry.CallsUnderWay;
import io.breaker.spring.registry.LivePipeline;
import io.breaker.spring.registry.Passage;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveTypeDescriptor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Calls a method whose result comes when somebody subscribes to it. Each subscription is a call: the breaker is asked,
 * and then the method is called. Loaded only where Reactor is on the class path.
 *
 * <p>That goes for suspending functions too. Inside of a proxy Spring makes publishers of them, and outside the proxy
 * subscribes; a function that resumes is a publisher that completes.
 */
final class ReactiveCall implements CallStyle {

    private final ReactiveAdapter adapter;
    private final boolean suspending;
    /** Whether there is one value at most. */
    private final boolean single;

    private ReactiveCall(ReactiveAdapter adapter, boolean suspending) {
        ReactiveTypeDescriptor type = adapter.getDescriptor();
        this.adapter = adapter;
        this.suspending = suspending;
        this.single = !type.isMultiValue();
    }

    /** Calls a method that returns a reactive type. */
    static ReactiveCall returning(ReactiveAdapter type) {
        return new ReactiveCall(type, /* suspending= */ false);
    }

    /** Calls a suspending function, of which Spring makes this type. */
    static ReactiveCall suspending(ReactiveAdapter type) {
        return new ReactiveCall(type, /* suspending= */ true);
    }

    @Override
    public Object guard(LivePipeline pipeline, MethodInvocation invocation, Rescue rescue) {
        MethodInvocation fresh = Proceeding.copyOf(invocation);
        // Each subscription is a call: the settings may have changed since the one before.
        Publisher<Object> guarded = single
                ? Mono.defer(() -> mono(pipeline.passage(), fresh))
                : Flux.defer(() -> flux(pipeline.passage(), fresh));
        return returned(rescue == Rescue.NONE ? guarded : rescued(guarded, rescue.of(invocation)));
    }

    private Mono<Object> mono(Passage passage, MethodInvocation fresh) {
        return ReactorPolicies.mono(passage.pipeline(), () -> asMono(made(passage, fresh)));
    }

    private Flux<Object> flux(Passage passage, MethodInvocation fresh) {
        return ReactorPolicies.flux(passage.pipeline(), () -> made(passage, fresh));
    }

    private @Nullable Publisher<Object> made(Passage passage, MethodInvocation fresh) {
        return noted(passage, published(Proceeding.afresh(passage, fresh)));
    }

    @Override
    public @Nullable Object proceed(MethodInvocation invocation, Rescue rescue) throws Throwable {
        if (rescue == Rescue.NONE) {
            return invocation.proceed();
        }
        Rescue.Attempt attempt = rescue.of(invocation);
        // What other advice throws in place of a publisher did not come out of the breaker, which throws nothing.
        Publisher<Object> publisher = published(invocation.proceed());
        return publisher == null ? null : returned(rescued(publisher, attempt));
    }

    @Override
    public List<Class<?>> wrappers() {
        Class<?> publisher = single ? Mono.class : Publisher.class;
        return Stream.of(publisher, adapter.getReactiveType()).distinct().toList();
    }

    /** Lets what the publisher does know that the breaker has let it in: it may run on any thread. */
    private @Nullable Publisher<Object> noted(Passage passage, @Nullable Publisher<Object> publisher) {
        if (publisher == null || !CallsUnderWay.watched()) {
            return publisher;
        }
        UnaryOperator<Context> note = context -> context.put(
                CallsUnderWay.CONTEXT_KEY,
                CallsUnderWay.with(passage.breaker(), context.getOrDefault(CallsUnderWay.CONTEXT_KEY, null)));
        return single
                ? Mono.from(publisher).contextWrite(note)
                : Flux.from(publisher).contextWrite(note);
    }

    private static @Nullable Mono<Object> asMono(@Nullable Publisher<Object> publisher) {
        return publisher == null ? null : Mono.from(publisher);
    }

    private Publisher<Object> rescued(Publisher<Object> source, Rescue.Attempt attempt) {
        return single
                ? Mono.from(source)
                        .onErrorResume(ReactiveCall::isAnswerable, thrown -> Mono.from(answer(attempt, thrown)))
                : Flux.from(source).onErrorResume(ReactiveCall::isAnswerable, thrown -> answer(attempt, thrown));
    }

    /** As with a stage, nobody is answered who has given up. */
    private static boolean isAnswerable(Throwable thrown) {
        return !(Causes.unwrap(thrown) instanceof CancellationException);
    }

    private Publisher<Object> answer(Rescue.Attempt attempt, Throwable thrown) {
        Throwable first = Causes.unwrap(thrown);
        Publisher<Object> answer;
        try {
            answer = published(attempt.answer(first));
        } catch (Throwable other) {
            return Mono.error(other);
        }
        return answer == null
                ? Mono.empty()
                : Flux.from(answer).doOnError(second -> Causes.suppress(Causes.unwrap(second), first));
    }

    /** Makes a publisher of what a method or its fallback returned; a value alone is one of one element. */
    @SuppressWarnings("unchecked") // Nobody looks at the type of the elements.
    private @Nullable Publisher<Object> published(@Nullable Object returned) {
        if (returned == null || returned instanceof Publisher<?>) {
            return (Publisher<Object>) returned;
        }
        Object publisher =
                adapter.getReactiveType().isInstance(returned) ? adapter.toPublisher(returned) : Mono.just(returned);
        return (Publisher<Object>) publisher;
    }

    private Object returned(Publisher<Object> publisher) {
        return suspending ? publisher : adapter.fromPublisher(publisher);
    }
}
