package io.breaker.spring.interceptor;

import io.breaker.spring.annotation.CircuitBreaker;
import java.util.Locale;
import java.util.concurrent.Flow;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Guarded methods of several reactive types. */
class ReactiveShop {

    /** What a method does when it is called. */
    interface Call {

        Publisher<String> make();
    }

    /** What it does, as the type that it returns. */
    interface Made<T> {

        T make();
    }

    /** The same methods, once for each type. */
    enum Type {
        MONO {
            @Override
            Publisher<String> call(ReactiveShop shop, Call call) {
                return shop.mono(() -> Mono.from(call.make()));
            }

            @Override
            Publisher<String> orValue(ReactiveShop shop, Call call) {
                return shop.monoOrValue(() -> Mono.from(call.make()));
            }

            @Override
            Publisher<String> orPublisher(ReactiveShop shop, Call call, Publisher<String> answer) {
                return shop.monoOrMono(() -> Mono.from(call.make()), Mono.from(answer));
            }
        },
        FLUX {
            @Override
            Publisher<String> call(ReactiveShop shop, Call call) {
                return shop.flux(() -> Flux.from(call.make()));
            }

            @Override
            Publisher<String> orValue(ReactiveShop shop, Call call) {
                return shop.fluxOrValue(() -> Flux.from(call.make()));
            }

            @Override
            Publisher<String> orPublisher(ReactiveShop shop, Call call, Publisher<String> answer) {
                return shop.fluxOrFlux(() -> Flux.from(call.make()), Flux.from(answer));
            }
        },
        FLOW {
            @Override
            Publisher<String> call(ReactiveShop shop, Call call) {
                return JdkFlowAdapter.flowPublisherToFlux(shop.flow(() -> flow(call)));
            }

            @Override
            Publisher<String> orValue(ReactiveShop shop, Call call) {
                return JdkFlowAdapter.flowPublisherToFlux(shop.flowOrValue(() -> flow(call)));
            }

            @Override
            Publisher<String> orPublisher(ReactiveShop shop, Call call, Publisher<String> answer) {
                return JdkFlowAdapter.flowPublisherToFlux(
                        shop.flowOrFlow(() -> flow(call), JdkFlowAdapter.publisherToFlowPublisher(Flux.from(answer))));
            }

            private Flow.Publisher<String> flow(Call call) {
                return JdkFlowAdapter.publisherToFlowPublisher(Flux.from(call.make()));
            }
        };

        abstract Publisher<String> call(ReactiveShop shop, Call call);

        abstract Publisher<String> orValue(ReactiveShop shop, Call call);

        abstract Publisher<String> orPublisher(ReactiveShop shop, Call call, Publisher<String> answer);

        String breaker() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @CircuitBreaker("mono")
    public Mono<String> mono(Made<Mono<String>> call) {
        return call.make();
    }

    @CircuitBreaker("flux")
    public Flux<String> flux(Made<Flux<String>> call) {
        return call.make();
    }

    @CircuitBreaker("flow")
    public Flow.Publisher<String> flow(Made<Flow.Publisher<String>> call) {
        return call.make();
    }

    @CircuitBreaker(name = "orValue", fallbackMethod = "value")
    public Mono<String> monoOrValue(Made<Mono<String>> call) {
        return call.make();
    }

    @CircuitBreaker(name = "orValue", fallbackMethod = "value")
    public Flux<String> fluxOrValue(Made<Flux<String>> call) {
        return call.make();
    }

    @CircuitBreaker(name = "orValue", fallbackMethod = "value")
    public Flow.Publisher<String> flowOrValue(Made<Flow.Publisher<String>> call) {
        return call.make();
    }

    private String value(Exception thrown) {
        return "value for " + thrown.getMessage();
    }

    @CircuitBreaker(name = "orPublisher", fallbackMethod = "otherMono")
    public Mono<String> monoOrMono(Made<Mono<String>> call, Mono<String> answer) {
        return call.make();
    }

    private Mono<String> otherMono(Made<Mono<String>> call, Mono<String> answer) {
        return answer;
    }

    @CircuitBreaker(name = "orPublisher", fallbackMethod = "otherFlux")
    public Flux<String> fluxOrFlux(Made<Flux<String>> call, Flux<String> answer) {
        return call.make();
    }

    private Flux<String> otherFlux(Made<Flux<String>> call, Flux<String> answer) {
        return answer;
    }

    @CircuitBreaker(name = "orPublisher", fallbackMethod = "otherFlow")
    public Flow.Publisher<String> flowOrFlow(Made<Flow.Publisher<String>> call, Flow.Publisher<String> answer) {
        return call.make();
    }

    private Flow.Publisher<String> otherFlow(Made<Flow.Publisher<String>> call, Flow.Publisher<String> answer) {
        return answer;
    }

    @CircuitBreaker(name = "orNothing", fallbackMethod = "nothing")
    public Mono<String> monoOrNothing(Mono<String> source) {
        return source;
    }

    private String nothing() {
        return null;
    }
}
