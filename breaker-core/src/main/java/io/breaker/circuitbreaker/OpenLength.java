package io.breaker.circuitbreaker;

import io.breaker.circuitbreaker.cooldown.CooldownContext;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Works out how long an OPEN lasts. Asks the user's code, so it is for the one thread that claimed the exit. */
final class OpenLength {

    /** How long OPEN lasts where a cooldown throws or says less than nothing. */
    static final Duration OF_A_DEFECT = Duration.ofSeconds(60);

    private OpenLength() {}

    /** Gives what the cooldown says, or what the failure asks for where that is longer. */
    static Duration of(RecordingPhase from, int reopens) {
        Duration drawn = drawn(from, reopens);
        Duration asked = askedByFailure(from);
        return asked.compareTo(drawn) > 0 ? asked : drawn;
    }

    private static Duration askedByFailure(RecordingPhase from) {
        Throwable failure = from.lastFailure();
        if (failure == null) {
            return Duration.ZERO;
        }
        try {
            Duration asked = from.config.retryAfter().apply(failure).orElse(Duration.ZERO);
            Duration most = from.config.maxRetryAfter();
            // It counts from the failure on, which may be long ago: slow successes open the circuit too.
            return (asked.compareTo(most) > 0 ? most : asked).minus(from.sinceLastFailure());
        } catch (Throwable thrown) {
            from.machine.defects.log("retryAfter function", "custom", "the cooldown alone counts", thrown);
            return Duration.ZERO;
        }
    }

    private static Duration drawn(RecordingPhase from, int reopens) {
        var cooldown = from.config.cooldown();
        try {
            Duration length =
                    cooldown.length(CooldownContext.of(reopens, from.lastFailure(), ThreadLocalRandom.current()));
            if (!length.isNegative()) {
                return length;
            }
            throw new IllegalArgumentException("cooldown must not be negative: " + length);
        } catch (Throwable thrown) {
            from.machine.defects.log("cooldown", cooldown, "fixed(60s) is used instead", thrown);
            return OF_A_DEFECT;
        }
    }
}
