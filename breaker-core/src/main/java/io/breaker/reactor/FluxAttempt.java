package io.breaker.reactor;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to the source of a Flux: hands its elements straight to the caller, and ends with the last of them.
 *
 * @param <T> the type of the elements
 */
final class FluxAttempt<T> extends Attempt<T> {

    private enum Progress {
        SILENT,
        EMITTED,
        WITHDRAWN
    }

    private final FluxCall<T> call;

    /*
     * Invariants
     *
     * - `progress` leaves SILENT once: with the first element, or when it is settled that there will be none. So whether an
     *   attempt has emitted is known for good to who withdraws it, and he may make another one.
     * - `asked` is how much of the caller's demand the source was told of. It only rises, and who raises it tells the source
     *   the difference: so no demand is told twice, whoever comes with it.
     */
    private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.SILENT);

    private final AtomicLong asked = new AtomicLong();

    /** Written by the source before `progress`, and so seen by who finds that the attempt has emitted. */
    private @Nullable T last;

    FluxAttempt(FluxCall<T> call) {
        super(call.context());
        this.call = call;
    }

    /** Tells the source of the caller's demand, as far as it does not know. */
    void askUpTo(long demand) {
        long before = asked.getAndAccumulate(demand, Math::max);
        if (demand > before) {
            ask(demand - before);
        }
    }

    /** Keeps an attempt that has emitted nothing from ever emitting; false where it has emitted. */
    boolean withdraw() {
        progress.compareAndSet(Progress.SILENT, Progress.WITHDRAWN);
        return progress.get() == Progress.WITHDRAWN;
    }

    /** Ends as if the source had: its caller has had as much of it as he wanted. */
    void endHere() {
        complete(last);
    }

    @Override
    public void onNext(T element) {
        last = element;
        if (progress.get() == Progress.EMITTED || progress.compareAndSet(Progress.SILENT, Progress.EMITTED)) {
            call.emit(element);
        } else {
            dropped(element);
        }
    }

    @Override
    public void onComplete() {
        endHere();
    }
}
