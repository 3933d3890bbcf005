package io.breaker.spring.matrix;

import static io.breaker.spring.matrix.Act.ELEMENT_THEN_FAILURE;
import static io.breaker.spring.matrix.Act.ELEMENT_THEN_STUCK;
import static io.breaker.spring.matrix.Act.FAILURE;
import static io.breaker.spring.matrix.Act.NOTHING;
import static io.breaker.spring.matrix.Act.SLOW_VALUE;
import static io.breaker.spring.matrix.Act.STUCK;
import static io.breaker.spring.matrix.Act.VALUE;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;

/** What happens to a call: what its attempts do, and what others do meanwhile. */
enum Outcome {
    SUCCEEDS(VALUE),
    FAILS(FAILURE, FAILURE),
    RECOVERS(FAILURE, VALUE),
    FAILS_IGNORED(Act.IGNORED_FAILURE),
    HAS_ERROR(Act.ERROR),
    IS_REJECTED_INSIDE(Act.REJECTION),
    FAILS_HALF_WAY(ELEMENT_THEN_FAILURE),
    IS_SLOW(SLOW_VALUE, SLOW_VALUE),
    IS_NOT_BEGUN(Act.THROWN_FAILURE, Act.THROWN_FAILURE),
    HAS_ERROR_AT_ONCE(Act.THROWN_ERROR),
    HAS_NO_SOURCE(NOTHING, NOTHING),
    IS_CANCELLED(STUCK) {
        @Override
        void meanwhile(MatrixBench bench, Future<?> call) {
            call.cancel(true);
        }
    },
    IS_CANCELLED_HALF_WAY(ELEMENT_THEN_STUCK) {
        @Override
        void meanwhile(MatrixBench bench, Future<?> call) {
            call.cancel(true);
        }
    },
    IS_CANCELLED_BETWEEN(FAILURE) {
        @Override
        void meanwhile(MatrixBench bench, Future<?> call) {
            bench.script().endSource();
            // Nobody knows that a plain future failed before somebody looks.
            call.isDone();
            call.cancel(true);
        }
    },
    MEETS_OPEN_CIRCUIT {
        @Override
        void before(MatrixBench bench) {
            bench.breaker().forceOpen();
        }
    },
    MEETS_FULL_BULKHEAD {
        @Override
        void before(MatrixBench bench) {
            // One has the slot, and one the place in the queue.
            bench.occupy();
            bench.occupy();
        }
    },
    WAITS_FOR_SLOT(VALUE) {
        @Override
        void before(MatrixBench bench) {
            bench.occupy();
        }

        @Override
        void meanwhile(MatrixBench bench, Future<?> call) {
            bench.vacate();
        }
    },
    WAITS_TOO_LONG {
        @Override
        void before(MatrixBench bench) {
            bench.occupy();
        }

        @Override
        void meanwhile(MatrixBench bench, Future<?> call) {
            bench.time().advance(Duration.ofMillis(500));
        }
    },
    IS_CANCELLED_WAITING {
        @Override
        void before(MatrixBench bench) {
            bench.occupy();
        }

        @Override
        void meanwhile(MatrixBench bench, Future<?> call) {
            call.cancel(true);
        }
    };

    private final List<Act> attempts;

    Outcome(Act... attempts) {
        this.attempts = List.of(attempts);
    }

    /** What the attempts do, as many as there may be. */
    List<Act> attempts() {
        return attempts;
    }

    /** Whether the sources may have ended when the method returns them, as well as end later. */
    boolean mayEndAtOnce() {
        return !attempts.isEmpty()
                && attempts.stream().allMatch(act -> act.endsByItself() && act != NOTHING && !act.isThrown())
                && this != IS_SLOW
                && this != IS_CANCELLED_BETWEEN;
    }

    /** Prepares for the call. */
    void before(MatrixBench bench) {}

    /** Is done while the call is under way, before its source ends. */
    void meanwhile(MatrixBench bench, Future<?> call) {}
}
