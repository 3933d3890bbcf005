package io.breaker.circuitbreaker.window;

import io.breaker.expression.Vocabulary;
import java.util.List;

/** The names of the windows. */
final class WindowTerms {

    static final Vocabulary<Window> VOCABULARY = Vocabulary.<Window>empty()
            .with("count", List.of("size"), arguments -> new CountWindow(arguments.integer("size")))
            .with("time", List.of("duration"), arguments -> new TimeWindow(arguments.duration("duration")));

    private WindowTerms() {}
}
