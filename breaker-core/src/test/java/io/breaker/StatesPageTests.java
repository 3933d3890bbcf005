package io.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.circuitbreaker.window.CallStats;
import io.breaker.testing.MarkdownPage;
import io.breaker.testing.MarkdownPage.Block;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Executes what {@code docs/states.md} says of states and transitions: a case for each row, and a row for each case. */
class StatesPageTests {

    private static final MarkdownPage PAGE = MarkdownPage.of("states.md");

    private static final List<List<String>> TRANSITIONS = PAGE.rows("from", "to", "when");

    private static final Pattern EDGE = Pattern.compile("(?m)^ +([A-Z_]+) --> ([A-Z_]+): (.+)$");

    /** Each list has the ways in which the row may come about; each way runs on a breaker of its own. */
    private static final Map<String, List<Consumer<StatesPageScene>>> CASES = Map.of(
            "CLOSED to OPEN: a success or a failure was recorded, and the tripper holds",
            List.of(StatesPageScene::failTwice, StatesPageScene::succeedUntilTheMinimumIsReached),
            "OPEN to HALF_OPEN: the cooldown is over and a call comes. It is the first to ask the permit; HALF_OPEN begins"
                    + " even if it is refused",
            List.of(StatesPageScene::callAfterTheCooldown, StatesPageScene::callThatIsRefusedAfterTheCooldown),
            "HALF_OPEN to OPEN: the outcome of a probe was recorded, and the tripper holds. Probes that are still out are not"
                    + " waited for",
            List.of(StatesPageScene::failTwiceBesideAProbe),
            "HALF_OPEN to OPEN: no probe has come back for `probeTimeout`, and a call comes. It is rejected",
            List.of(StatesPageScene::callAfterTheProbeTimeout),
            "HALF_OPEN to CLOSED: the outcome of a probe was recorded, the tripper does not hold, `successThreshold` probes"
                    + " have succeeded, and the ramp of the permit is over",
            List.of(StatesPageScene::succeedBeforeAndAfterTheRamp, StatesPageScene::succeedTwiceAfterTheRamp),
            "any to CLOSED: `reset()`",
            List.of(scene -> scene.breaker.reset()),
            "any to METRICS_ONLY: `metricsOnly()`",
            List.of(scene -> scene.breaker.metricsOnly()),
            "any to DISABLED: `disable()`",
            List.of(scene -> scene.breaker.disable()),
            "any to FORCED_OPEN: `forceOpen()`",
            List.of(scene -> scene.breaker.forceOpen()),
            "METRICS_ONLY, DISABLED, FORCED_OPEN to the initial state: the override was given an end, and that is reached",
            List.of(StatesPageScene::callAtTheEnd, StatesPageScene::readAtTheEnd));

    @Test
    void hasNoBlockAndNoTableThatNothingChecks() {
        assertThat(PAGE.blocks()).extracting(Block::info).containsOnly("mermaid", "java");
        // ReconfigureTests look at what is kept, StatesPageSettlementTests at what happens and what throws.
        assertThat(PAGE.tables())
                .extracting(table -> table.header().get(0))
                .containsExactly("state", "from", "kept", "what happens", "what throws");
    }

    @TestFactory
    Stream<DynamicTest> everyRowOfTheTransitionsIsTrue() {
        return TRANSITIONS.stream()
                .map(row -> dynamicTest(nameOf(row), () -> {
                    assertThat(CASES).as("cases for the rows").containsKey(nameOf(row));
                    for (Consumer<StatesPageScene> way : CASES.get(nameOf(row))) {
                        statesIn(row.get(0)).forEach(from -> assertMoves(from, row.get(1), way));
                    }
                }));
    }

    private static String nameOf(List<String> row) {
        return row.get(0) + " to " + row.get(1) + ": " + row.get(2);
    }

    private static Stream<CircuitState> statesIn(String cell) {
        return cell.equals("any")
                ? Arrays.stream(CircuitState.values())
                : Arrays.stream(cell.split(", ")).map(CircuitState::valueOf);
    }

    private static void assertMoves(CircuitState from, String target, Consumer<StatesPageScene> way) {
        StatesPageScene scene = new StatesPageScene(from);
        CircuitState to = target.equals("the initial state")
                ? scene.breaker.config().initialState()
                : CircuitState.valueOf(target);

        way.accept(scene);

        assertThat(scene.breaker.state()).isEqualTo(to);
        assertThat(scene.changes).hasSize(1);
        assertThat(scene.changes.get(0).from()).isEqualTo(from);
        assertThat(scene.changes.get(0).to()).isEqualTo(to);
    }

    @Test
    void everyCaseHasItsRow() {
        assertThat(TRANSITIONS.stream().map(StatesPageTests::nameOf))
                .containsExactlyInAnyOrderElementsOf(CASES.keySet());
    }

    @Test
    void theDiagramShowsTheTransitionsOfTheTable() {
        String diagram = PAGE.blocks().stream()
                .filter(block -> block.info().equals("mermaid"))
                .findFirst()
                .orElseThrow()
                .text();
        List<MatchResult> edges = EDGE.matcher(diagram).results().toList();

        assertThat(edges.stream()
                        .filter(edge -> !edge.group(3).endsWith("()"))
                        .map(edge -> edge.group(1) + edge.group(2)))
                .containsExactlyInAnyOrderElementsOf(TRANSITIONS.stream()
                        .filter(row ->
                                !row.get(2).endsWith("()`") && !row.get(1).equals("the initial state"))
                        .map(row -> row.get(0) + row.get(1))
                        .toList());
        assertThat(edges.stream().filter(edge -> edge.group(3).endsWith("()")))
                .hasSize(6)
                .allSatisfy(edge ->
                        assertThat(TRANSITIONS).contains(List.of("any", edge.group(2), "`" + edge.group(3) + "`")));
    }

    @TestFactory
    Stream<DynamicTest> everyRowOfTheStatesIsTrue() {
        return PAGE.rows("state", "a call", "the window", "it ends").stream()
                .map(row -> dynamicTest(row.get(0), () -> {
                    CircuitState state = CircuitState.valueOf(row.get(0));
                    assertCall(new StatesPageScene(state), row.get(1));
                    assertWindow(new StatesPageScene(state), row.get(2));
                    assertThat(row.get(3).equals("by hand")).isEqualTo(staysForEver(new StatesPageScene(state)));
                }));
    }

    @Test
    void everyStateHasItsRow() {
        assertThat(PAGE.rows("state", "a call", "the window", "it ends").stream()
                        .map(row -> row.get(0)))
                .containsExactly(
                        Arrays.stream(CircuitState.values()).map(Enum::name).toArray(String[]::new));
    }

    private static void assertCall(StatesPageScene scene, String says) {
        switch (says) {
            case "passes" -> assertThat(scene.breaker.begin()).isNotNull();
            case "is rejected" -> scene.assertRejected();
            case "passes if the permit admits it" -> {
                scene.reconfigure(settings -> settings.permit("concurrent(1)"));
                assertThat(scene.breaker.begin()).isNotNull();
                scene.assertRejected();
            }
            default -> throw new AssertionError(says);
        }
    }

    private static void assertWindow(StatesPageScene scene, String says) {
        CallStats before = scene.breaker.snapshot().stats();
        if (says.equals("is frozen")) {
            scene.assertRejected();
            assertThat(before.failures()).isPositive();
            assertThat(scene.breaker.snapshot().stats()).isEqualTo(before);
        } else {
            scene.fail();
            assertThat(says).isIn("records", "is empty");
            assertThat(scene.breaker.snapshot().stats().total()).isEqualTo(says.equals("records") ? 1 : 0);
        }
    }

    /** Tells whether neither time nor calls lead out of the state. */
    private static boolean staysForEver(StatesPageScene scene) {
        for (int i = 0; i < 10; i++) {
            scene.time.advance(Duration.ofDays(100));
            try {
                scene.fail();
            } catch (CallNotPermittedException rejected) {
                assertThat(rejected.retryAfter()).isEmpty();
            }
        }
        return scene.changes.isEmpty();
    }
}
