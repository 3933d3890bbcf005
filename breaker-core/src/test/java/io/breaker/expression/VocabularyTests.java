package io.breaker.expression;

import static io.breaker.expression.Faults.assertFault;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTests {

    private static final Vocabulary<String> EMPTY = Vocabulary.empty();

    private static final Parameter LEFT = Parameter.of("pair", "left");
    private static final Parameter RIGHT = Parameter.of("pair", "right");

    @Test
    void knowsTheNamesThatWereAdded() {
        Vocabulary<String> vocabulary = EMPTY.with("one", "1").withList("many", args -> "n");

        assertThat(vocabulary.names()).containsExactly("many", "one");
        assertThat(ExpressionParser.of(vocabulary).parse("one")).isEqualTo("1");
        assertThatThrownBy(() -> vocabulary.names().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void doesNotChange() {
        Vocabulary<String> one = EMPTY.with("one", "1");

        one.with("two", "2");
        one.union(EMPTY.with("three", "3"));

        assertThat(EMPTY.names()).isEmpty();
        assertThat(one.names()).containsExactly("one");
    }

    @Test
    void tellsValuesTheirNames() {
        Vocabulary<String> vocabulary =
                Vocabulary.<String>empty((name, value) -> name + "=" + value).with("one", "1");

        assertThat(ExpressionParser.of(vocabulary).parse("one")).isEqualTo("one=1");
    }

    @Test
    void unitesWithAnother() {
        Vocabulary<String> both = EMPTY.with("one", "1").union(EMPTY.with("two", "2"));

        assertThat(both.names()).containsExactly("one", "two");
        assertThat(ExpressionParser.of(both).parse("two")).isEqualTo("2");
    }

    @Test
    void refusesANameThatIsKnown() {
        Vocabulary<String> one = EMPTY.with("one", "1");
        String message = "name must not be one of [one]: one";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.with("one", "2"))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.with("one", List.of(), args -> "2"))
                .withMessage(message);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.withList("one", args -> "2"))
                .withMessage(message);
        assertThatIllegalArgumentException().isThrownBy(() -> one.union(one)).withMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "notFound", "_x1", "$", "größe", "名"})
    void takesJavaIdentifiers(String name) {
        Vocabulary<String> vocabulary = EMPTY.with(name, "value");

        assertThat(EMPTY.requireNew(name)).isEqualTo(name);
        assertThat(ExpressionParser.of(vocabulary).parse(name)).isEqualTo("value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1a", "not-found", "a.b", "a b", "a\u0000", "50%", "a(", "-"})
    void refusesOtherNames(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EMPTY.with(name, "value"))
                .withMessage("name must be a Java identifier: '" + name + "'");
    }

    @Test
    void placesARefusalOfATermAtTheArgumentThatWasChecked() {
        ExpressionParser<String> parser = ExpressionParser.of(EMPTY.with("pair", List.of("left", "right"), args -> {
            RIGHT.check(args.integer("right") < 10, "must be below 10", args.integer("right"));
            LEFT.check(args.integer("left") < 10, "must be below 10", args.integer("left"));
            return "pair";
        }));

        assertThat(parser.parse("pair(9, 9)")).isEqualTo("pair");
        assertFault(parser::parse, "pair(10, 9)", 5, "pair left must be below 10: 10");
        assertFault(parser::parse, "pair(9, 10)", 8, "pair right must be below 10: 10");
        assertFault(parser::parse, "pair(right=10, left=9)", 11, "pair right must be below 10: 10");
    }

    @Test
    void placesAnyOtherRefusalOfATermAtItsOnlyArgumentOrElseAtItsName() {
        ExpressionParser<String> parser = ExpressionParser.of(EMPTY.with("one", List.of("left", "right"), args -> {
            throw new IllegalArgumentException("no");
        }));

        assertFault(parser::parse, " one", 1, "no");
        assertFault(parser::parse, " one(5)", 5, "no");
        assertFault(parser::parse, " one(5, 6)", 1, "no");
    }

    @Test
    void placesARefusalOfOneWordAtThatWord() {
        ExpressionParser<List<Integer>> parser = ExpressionParser.of(
                Vocabulary.<List<Integer>>empty().withList("sum", args -> args.each(Integer::valueOf)));

        assertThat(parser.parse("sum(1, 2)")).containsExactly(1, 2);
        assertFault(parser::parse, "sum(1, x, y)", 7, "For input string: \"x\"");
    }

    @Test
    void placesAFaultInAnotherTextWhereThatTextCameFrom() {
        ExpressionParser<String> inner = ExpressionParser.of(EMPTY.with("known", "value"));
        ExpressionParser<String> outer =
                ExpressionParser.of(EMPTY.withList("alias", args -> inner.parse("unknown" + args.words())));

        assertFault(outer::parse, "alias(x)", 6, "unknown name 'unknown'");
    }

    @Test
    void keepsTheCauseOfARefusal() {
        IllegalArgumentException cause = new IllegalArgumentException("no");
        ExpressionParser<String> parser = ExpressionParser.of(EMPTY.with("one", List.of(), args -> {
            throw cause;
        }));

        assertThat(catchThrowableOfType(ExpressionException.class, () -> parser.parse("one")))
                .hasCause(cause);
    }

    @Test
    void takesItForADefectWhenATermReadsAParameterItDoesNotHave() {
        ExpressionParser<String> parser =
                ExpressionParser.of(EMPTY.with("one", List.of("left"), args -> "" + args.ratio("right")));

        assertThatIllegalStateException()
                .isThrownBy(() -> parser.parse("one(1)"))
                .withMessage("one has no parameter 'right'");
    }
}
