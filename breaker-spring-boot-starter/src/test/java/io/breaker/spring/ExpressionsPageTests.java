package io.breaker.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.expression.ExpressionException;
import io.breaker.expression.Vocabulary;
import io.breaker.spring.http.HttpStatusTracker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Holds {@code docs/expressions.md} against what {@code breaker-core} knows nothing of: {@code httpStatus}, and what YAML
 * does to an expression before anybody parses it.
 */
class ExpressionsPageTests {

    private static final String PAGE = read(Path.of("..", "docs", "expressions.md"));

    private static final Vocabulary<Tracker> TRACKERS = Tracker.vocabulary().union(HttpStatusTracker.vocabulary());

    private static final Pattern ERROR = Pattern.compile("(?s)```text tracker error httpStatus\n(.*?)\n```");

    private static final Pattern YAML = Pattern.compile("(?s)```yaml\n(.*?)```");

    /** What is written without quotes, and what YAML makes of it: a text in code, or an error. */
    private static final Pattern TRAP = Pattern.compile("(?m)^\\| `([^`]+)` \\| (an error|`([^`]+)`) \\| .+ \\|$");

    @Test
    void showsTheErrorAsItIs() {
        List<String> errors = matches(ERROR);

        assertThat(errors).hasSize(1);
        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> Tracker.parse(errors.get(0).split("\n")[1], TRACKERS))
                .withMessage(errors.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "599", "1xx", "5xx"})
    void namesTheEndsOfTheRange(String status) {
        assertThat(PAGE).contains("`" + status + "`");
        assertThat(Tracker.parse("httpStatus(" + status + ")", TRACKERS)).hasToString("httpStatus(" + status + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"httpStatus(99)", "httpStatus(600)", "httpStatus(0xx)", "httpStatus(6xx)", "httpStatus()"})
    void namesNoRangeThatIsTooSmall(String beyond) {
        assertThatExceptionOfType(ExpressionException.class).isThrownBy(() -> Tracker.parse(beyond, TRACKERS));
    }

    @Test
    void showsAnExampleAndTheDefault() {
        assertThat(PAGE).contains("`httpStatus(5xx, 429)`", "\n" + HttpStatusTracker.allButClientErrors() + "\n");
        assertThat(Tracker.parse("httpStatus(5xx, 429)", TRACKERS)).hasToString("httpStatus(5xx, 429)");
    }

    @ParameterizedTest
    @MethodSource("traps")
    void saysWhatYamlMakesOfAnExpressionWithoutQuotes(String written, String makes, String text) {
        if (makes.equals("an error")) {
            assertThatThrownBy(() -> load(written)).isNotNull();
        } else {
            assertThat(load(written)).containsEntry(written.contains("tracker: ") ? "tracker" : "tripper", text);
        }
    }

    static Stream<Arguments> traps() {
        List<Arguments> traps = TRAP.matcher(PAGE)
                .results()
                .filter(row -> row.group(1).contains(": "))
                .map(row -> Arguments.of(row.group(1), row.group(2), String.valueOf(row.group(3))))
                .toList();
        assertThat(traps).hasSize(8);
        return traps.stream();
    }

    @Test
    void showsYamlThatKeepsTheExpressionsAsTheyAre() {
        List<String> blocks = matches(YAML);

        assertThat(blocks).hasSize(2);
        assertThat(load(blocks.get(0)))
                .hasSize(5)
                .allSatisfy((key, value) -> assertThat(blocks.get(0)).contains("\"" + value + "\""));
        assertThat(load(blocks.get(1)).get("tripper").toString().strip())
                .isEqualTo("minRequests(10) & (failureRate(50%) | slowRate(80%, 3s))");
    }

    private static List<String> matches(Pattern pattern) {
        return pattern.matcher(PAGE).results().map(found -> found.group(1)).toList();
    }

    /** Loads YAML as Spring Boot does. */
    private static Map<String, Object> load(String yaml) {
        try {
            ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
            var source = (EnumerablePropertySource<?>)
                    new YamlPropertySourceLoader().load("page", resource).get(0);
            return Stream.of(source.getPropertyNames())
                    .collect(Collectors.toMap(name -> name, name -> String.valueOf(source.getProperty(name))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
