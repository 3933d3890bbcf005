package io.breaker.spring.matrix;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;

/** The types in which a method may return its result. */
enum Way {
    PLAIN {
        @Override
        Future<?> start(Tills tills, boolean orElse) {
            return done(() -> orElse ? tills.till().plainOrElse() : tills.till().plain());
        }
    },
    STAGE {
        @Override
        Future<?> start(Tills tills, boolean orElse) {
            return (orElse ? tills.till().stageOrElse() : tills.till().stage()).toCompletableFuture();
        }
    },
    COMPLETABLE {
        @Override
        Future<?> start(Tills tills, boolean orElse) {
            return orElse ? tills.till().completableOrElse() : tills.till().completable();
        }
    },
    FUTURE {
        @Override
        Future<?> start(Tills tills, boolean orElse) {
            return orElse ? tills.till().futureOrElse() : tills.till().future();
        }
    },
    MONO {
        @Override
        Future<?> start(Tills tills, boolean orElse) {
            return (orElse ? tills.till().monoOrElse() : tills.till().mono()).toFuture();
        }
    },
    FLUX {
        @Override
        Future<?> start(Tills tills, boolean orElse) {
            Flux<String> elements =
                    orElse ? tills.till().fluxOrElse() : tills.till().flux();
            return elements.collect(Collectors.joining()).toFuture();
        }
    },
    SUSPEND {
        @Override
        Future<?> start(Tills tills, boolean orElse) {
            return SuspendingTill.start(tills.suspending(), orElse);
        }
    };

    /** Makes the call as far as it goes by itself. Whatever the type, the test sees it as a future of its own. */
    abstract Future<?> start(Tills tills, boolean orElse);

    /** The proxies to call. */
    record Tills(Till till, SuspendingTill suspending) {}

    private static Future<?> done(Callable<?> call) {
        try {
            return CompletableFuture.completedFuture(call.call());
        } catch (Throwable thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }
}
