package io.breaker.fallback;

import io.breaker.event.Registration;
import io.breaker.policy.Causes;
import io.breaker.time.Ticker;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers instead of a failed call, by the type of the exception.
 *
 * <pre>{@code
 * Fallback<User> fallback = Fallback.of(IOException.class, failure -> cache.get(id))
 *         .or(Fallback.of(User.UNKNOWN));
 * User user = fallback.call(() -> client.user(id));
 * }</pre>
 *
 * <p>A chain is asked in its order, as {@code try} statements one around the other: the first that is for the exception
 * answers it. If it throws something itself, that carries the exception it was to answer as suppressed, and the rest of
 * the chain is asked for what it threw. What nobody in the chain is for goes to the caller unchanged.
 *
 * <p>An {@link Error} is answered only by a fallback whose type is {@link Throwable} or an error. Where an
 * {@link InterruptedException} is answered, the interrupt flag is set. In an asynchronous call a fallback sees what is
 * inside a {@code CompletionException}.
 *
 * <p>Not a {@link io.breaker.policy.Policy}: it alone knows the type of the result, so it is given with each call.
 * Immutable but for its counts and listeners; safe for concurrent use.
 *
 * @param <T> the type of the result
 */
public final class Fallback<T extends @Nullable Object> {

    private final List<Answer<T>> answers;
    private final FallbackJournal journal;
    private final @Nullable LongAdder alsoCounts;

    private Fallback(List<Answer<T>> answers, FallbackJournal journal, @Nullable LongAdder alsoCounts) {
        this.answers = answers;
        this.journal = journal;
        this.alsoCounts = alsoCounts;
    }

    private static <T extends @Nullable Object> Fallback<T> of(List<Answer<T>> answers) {
        return new Fallback<>(answers, new FallbackJournal("fallback", Ticker.system()), null);
    }

    /**
     * Answers every {@link Exception} with one value.
     *
     * @param value the answer
     * @param <T> the type of the result
     * @return the fallback
     */
    public static <T extends @Nullable Object> Fallback<T> of(T value) {
        return of(Exception.class, failure -> value);
    }

    /**
     * Answers the exceptions of one type.
     *
     * @param type which exceptions, subclasses included
     * @param answer gives the answer, on the thread that saw the failure; may throw
     * @param <T> the type of the result
     * @param <X> the type of exception
     * @return the fallback
     */
    public static <T extends @Nullable Object, X extends Throwable> Fallback<T> of(
            Class<X> type, Function<? super X, ? extends T> answer) {
        return of(List.<Answer<T>>of(new Answer.Value<T, X>(type, answer)));
    }

    /**
     * Answers the exceptions of one type with a stage. A synchronous call waits for it.
     *
     * @param type which exceptions, subclasses included
     * @param answer gives the stage that ends with the answer; may throw, and no stage is a failure
     * @param <T> the type of the result
     * @param <X> the type of exception
     * @return the fallback
     */
    public static <T extends @Nullable Object, X extends Throwable> Fallback<T> ofStage(
            Class<X> type, Function<? super X, ? extends CompletionStage<T>> answer) {
        return of(List.<Answer<T>>of(new Answer.Stage<T, X>(type, answer)));
    }

    /**
     * Asks another fallback what this one is not for, and what this one throws.
     *
     * @param next the rest of the chain
     * @return a new fallback, with counts of its own and no listeners
     */
    public Fallback<T> or(Fallback<T> next) {
        return of(Stream.concat(answers.stream(), next.answers.stream()).toList());
    }

    /**
     * Gives the fallback a name.
     *
     * @param name what its events call it, instead of {@code fallback}; not blank
     * @return a new fallback that answers likewise, with counts of its own and no listeners
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public Fallback<T> named(String name) {
        return named(name, Ticker.system());
    }

    /**
     * Gives the fallback a name and a clock.
     *
     * @param name what its events call it, instead of {@code fallback}; not blank
     * @param ticker where its events take the time from
     * @return a new fallback that answers likewise, with counts of its own and no listeners
     * @throws IllegalArgumentException if {@code name} is blank
     */
    public Fallback<T> named(String name, Ticker ticker) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name must not be blank: '" + name + "'");
        }
        return new Fallback<>(answers, new FallbackJournal(name, Objects.requireNonNull(ticker, "ticker")), null);
    }

    /**
     * Counts each answer once more, elsewhere.
     *
     * @param counter incremented whenever a failure was answered
     * @return a fallback that is this one, with its counts and listeners
     */
    public Fallback<T> counting(LongAdder counter) {
        return new Fallback<>(answers, journal, Objects.requireNonNull(counter, "counter"));
    }

    /**
     * Names the fallback.
     *
     * @return {@code fallback} unless it was given another name
     */
    public String name() {
        return journal.name();
    }

    /**
     * Tells whether the fallback is for an exception.
     *
     * @param failure what a call threw
     * @return whether it would be answered, perhaps with another exception
     */
    public boolean isFor(Throwable failure) {
        return answers.stream().anyMatch(answer -> answer.type().isInstance(failure));
    }

    /**
     * Makes a call on the calling thread, and answers what it throws.
     *
     * @param call what to call
     * @return what the call returned, or the answer
     * @throws Exception what the call threw if the fallback is not for it, else what the fallback threw
     */
    public T call(Callable<T> call) throws Exception {
        try {
            return call.call();
        } catch (Throwable thrown) {
            return this.<Exception>answerOrThrow(thrown);
        }
    }

    /**
     * Makes a call that throws no checked exception on the calling thread, and answers what it throws.
     *
     * @param call what to call
     * @return what the call returned, or the answer
     */
    public T get(Supplier<T> call) {
        try {
            return call.get();
        } catch (Throwable thrown) {
            return this.<RuntimeException>answerOrThrow(thrown);
        }
    }

    /**
     * Makes a call whose result comes later, and answers its failure. Never throws. Cancelling the returned stage cancels
     * the stage of the call, or of the answer, as far as it allows.
     *
     * @param call what to call; a supplier that throws or returns no stage has failed
     * @return a stage that ends like the call's, or like the answer's
     */
    public CompletionStage<T> callAsync(Supplier<? extends CompletionStage<T>> call) {
        AnsweringFuture<T> future = new AnsweringFuture<>(this);
        future.start(call);
        return future;
    }

    /**
     * Answers a failure on the calling thread.
     *
     * @param failure what a call threw
     * @return the answer
     * @throws Exception the failure if the fallback is not for it, else what the fallback threw
     */
    public T answer(Throwable failure) throws Exception {
        return this.<Exception>answerOrThrow(failure);
    }

    /**
     * Counts what the fallback did.
     *
     * @return the counts since it was made
     */
    public FallbackTotals totals() {
        return journal.totals();
    }

    /**
     * Listens to every event.
     *
     * @param listener told on the thread that caused the event; what it throws is logged and goes no further
     * @return ends the registration
     */
    public Registration onEvent(Consumer<? super FallbackEvent> listener) {
        return onEvent(FallbackEvent.class, listener);
    }

    /**
     * Listens to one type of event. Others are not made for it.
     *
     * @param type the type of event
     * @param listener told on the thread that caused the event; what it throws is logged and goes no further
     * @param <E> the type of event
     * @return ends the registration
     */
    public <E extends FallbackEvent> Registration onEvent(Class<E> type, Consumer<? super E> listener) {
        return journal.add(type, listener);
    }

    List<Answer<T>> answers() {
        return answers;
    }

    void answered(Throwable cause) {
        journal.answered(cause);
        if (alsoCounts != null) {
            alsoCounts.increment();
        }
    }

    void failed(Throwable cause, Throwable failure) {
        Causes.suppress(failure, cause);
        journal.failed(cause, failure);
    }

    private <X extends Throwable> T answerOrThrow(Throwable thrown) throws X {
        Throwable failure = thrown;
        boolean interrupted = false;
        try {
            for (Answer<T> answer : answers) {
                if (!answer.type().isInstance(failure)) {
                    continue;
                }
                interrupted |= failure instanceof InterruptedException;
                T value;
                try {
                    value = answer.value(failure);
                } catch (Throwable own) {
                    failed(failure, own);
                    failure = own;
                    continue;
                }
                answered(failure);
                return value;
            }
        } finally {
            // Whoever caught the interruption has cleared the flag; an answer must not hide it from the caller.
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        throw Fallback.<X>unchanged(failure);
    }

    /** A failure stays what it is, also where code threw a checked exception that it did not declare. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X unchanged(Throwable thrown) {
        return (X) thrown;
    }

    @Override
    public String toString() {
        return "Fallback '" + name() + "'";
    }
}
