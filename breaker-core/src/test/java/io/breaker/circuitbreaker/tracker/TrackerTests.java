package io.breaker.circuitbreaker.tracker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class TrackerTests {

    private static final Tracker IO = Tracker.typeOf(IOException.class);
    private static final Tracker TIMEOUT = Tracker.typeOf(TimeoutException.class, SocketTimeoutException.class);

    @Test
    void tracksEverythingByDefault() {
        assertThat(Tracker.DEFAULT).isEqualTo(Tracker.all());
        assertThat(Tracker.all().tracks(new Exception())).isTrue();
        assertThat(Tracker.all().tracks(new StackOverflowError())).isTrue();
        assertThat(Tracker.all().tracks(new Throwable())).isTrue();
    }

    @Test
    void tracksInstancesOfOneOfItsTypes() {
        assertThat(TIMEOUT.tracks(new TimeoutException())).isTrue();
        assertThat(TIMEOUT.tracks(new SocketTimeoutException())).isTrue();
        assertThat(TIMEOUT.tracks(new IOException())).isFalse();
        assertThat(IO.tracks(new FileNotFoundException())).isTrue();
        assertThat(IO.tracks(new UncheckedIOException(new IOException()))).isFalse();
    }

    @Test
    void tracksWhatIsCausedByOneOfItsTypes() {
        Tracker tracker = Tracker.causedBy(IOException.class, TimeoutException.class);

        assertThat(tracker.tracks(new IOException())).isTrue();
        assertThat(tracker.tracks(new UncheckedIOException(new FileNotFoundException())))
                .isTrue();
        assertThat(tracker.tracks(new Exception(new Error(new Exception(new TimeoutException())))))
                .isTrue();
        assertThat(tracker.tracks(new Exception(new IllegalStateException()))).isFalse();
    }

    @Test
    void followsALongCauseChainToItsEnd() {
        Throwable chain = new IOException();
        for (int i = 0; i < 100_000; i++) {
            chain = new Bare(chain);
        }

        assertThat(Tracker.causedBy(IOException.class).tracks(chain)).isTrue();
        assertThat(Tracker.causedBy(TimeoutException.class).tracks(chain)).isFalse();
    }

    @Test
    void leavesACauseChainThatRunsInACircle() {
        Exception first = new Exception();
        Exception last = new Exception(new RuntimeException(first));
        first.initCause(last);

        assertThat(Tracker.causedBy(IOException.class).tracks(last)).isFalse();
        assertThat(Tracker.causedBy(RuntimeException.class).tracks(last)).isTrue();
    }

    @Test
    void needsAType() {
        assertThatIllegalArgumentException()
                .isThrownBy(Tracker::typeOf)
                .withMessage("typeOf must have at least one class");
        assertThatIllegalArgumentException()
                .isThrownBy(Tracker::causedBy)
                .withMessage("causedBy must have at least one class");
    }

    @Test
    void composesLikeAPredicate() {
        Tracker tracker = IO.and(TIMEOUT.negate()).or(Tracker.typeOf(Error.class));

        assertThat(tracker.tracks(new IOException())).isTrue();
        assertThat(tracker.tracks(new SocketTimeoutException())).isFalse();
        assertThat(tracker.tracks(new TimeoutException())).isFalse();
        assertThat(tracker.tracks(new Error())).isTrue();
    }

    @Test
    void asksTheOtherOnlyWhereItDecides() {
        Tracker broken = thrown -> {
            throw new IllegalStateException("asked");
        };

        assertThat(TIMEOUT.and(broken).tracks(new Exception())).isFalse();
        assertThat(Tracker.all().or(broken).tracks(new Exception())).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(() -> Tracker.all().and(broken).tracks(new Exception()));
    }

    @Test
    void isEqualHoweverItIsGrouped() {
        Tracker a = Tracker.all();

        assertThat(a.and(IO).and(TIMEOUT))
                .isEqualTo(a.and(IO.and(TIMEOUT)))
                .isNotEqualTo(IO.and(a).and(TIMEOUT));
        assertThat(a.or(IO).or(TIMEOUT)).isEqualTo(a.or(IO.or(TIMEOUT)));
        assertThat(a.and(IO).or(TIMEOUT)).isNotEqualTo(a.and(IO.or(TIMEOUT)));
    }

    @Test
    void isItselfAgainWhenNegatedTwice() {
        assertThat(IO.negate().negate()).isSameAs(IO);
        assertThat(IO.and(TIMEOUT).negate().negate()).isEqualTo(IO.and(TIMEOUT));
    }

    @Test
    void doesUnderANameWhatItDoesWithoutOne() {
        Tracker named = Tracker.named("io", IO);

        assertThat(named.tracks(new IOException())).isTrue();
        assertThat(named.tracks(new Exception())).isFalse();
        assertThat(named).hasToString("io").isEqualTo(Tracker.named("io", IO)).isNotEqualTo(IO);
        assertThat(Tracker.named("io", named)).isSameAs(named);
        assertThat(Tracker.named("other", named)).hasToString("other");
    }

    @Test
    void takesNoBuiltInNameAndNothingButAnIdentifier() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tracker.named("typeOf", IO))
                .withMessage("name must not be one of [all, causedBy, typeOf]: typeOf");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tracker.named("not found", IO))
                .withMessage("name must be a Java identifier: 'not found'");
    }

    /** An exception without a stack trace, of which many can be made. */
    private static final class Bare extends RuntimeException {

        Bare(Throwable cause) {
            super(null, cause, false, false);
        }
    }
}
