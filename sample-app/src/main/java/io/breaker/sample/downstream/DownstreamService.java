package io.breaker.sample.downstream;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** What the four services have in common: a mode, and a count of the calls that reached them. Safe for concurrent use. */
final class DownstreamService {

    /** Slow for the shop's rules, but within its clients' patience. */
    private static final Duration SLOW = Duration.ofMillis(1500);

    private final AtomicLong calls = new AtomicLong();
    private final String name;
    private final Delay delay;
    private volatile Mode mode = Mode.HEAL;

    DownstreamService(String name, Delay delay) {
        this.name = name;
        this.delay = delay;
    }

    void become(Mode mode) {
        this.mode = mode;
    }

    /** Tells how the service is. */
    Condition condition() {
        return new Condition(mode.toString(), calls.get());
    }

    /** Answers one call, as the mode says. */
    <T> T answer(Supplier<T> answer) {
        calls.incrementAndGet();
        Mode now = mode;
        if (now == Mode.FAIL) {
            throw new ResponseStatusException(HttpStatus.INTERNAL_SERVER_ERROR, name + " was told to fail");
        }
        if (now == Mode.SLOW) {
            delay.pass(SLOW);
        }
        return answer.get();
    }

    /** How a service answers, and how many calls reached it. */
    record Condition(String mode, long calls) {}
}
