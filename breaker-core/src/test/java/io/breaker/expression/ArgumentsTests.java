package io.breaker.expression;

import static io.breaker.expression.Faults.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ArgumentsTests {

    @Test
    void readsRatios() {
        ExpressionParser<Double> parser = parser(args -> args.ratio("x"));

        assertThat(parser.parse("t(0.5)")).isEqualTo(0.5);
        assertThat(parser.parse("t(50%)")).isEqualTo(0.5);
        assertFault(parser::parse, "t(half)", 2, "not a ratio such as 0.5 or 50%: 'half'");
        assertFault(parser::parse, "t(x=1e-3)", 4, "not a ratio such as 0.5 or 50%: '1e-3'");
        assertFault(parser::parse, "t", 1, "t needs the argument 'x'");
    }

    @Test
    void readsWholeNumbers() {
        ExpressionParser<Integer> parser = parser(args -> args.integer("x"));

        assertThat(parser.parse("t(20)")).isEqualTo(20);
        assertThat(parser.parse("t(-1)")).isEqualTo(-1);
        assertFault(parser::parse, "t(2.5)", 2, "not a whole number up to 2147483647: '2.5'");
        assertFault(parser::parse, "t(2147483648)", 2, "not a whole number up to 2147483647: '2147483648'");
        assertFault(parser::parse, "t()", 2, "t needs the argument 'x'");
    }

    @Test
    void readsDurations() {
        ExpressionParser<Duration> parser = parser(args -> args.duration("x"));

        assertThat(parser.parse("t(250ms)")).isEqualTo(Duration.ofMillis(250));
        assertThat(parser.parse("t(PT3S)")).isEqualTo(Duration.ofSeconds(3));
        assertFault(parser::parse, "t(60)", 2, "a duration needs a unit, one of ms, s, m and h: '60'");
        assertFault(parser::parse, "t & t", 2, "t needs the argument 'x'");
    }

    @Test
    void readsWhatIsLeftOutAsItsDefault() {
        assertThat(parser(args -> args.ratio("x", 0.1)).parse("t")).isEqualTo(0.1);
        assertThat(parser(args -> args.number("x", 2)).parse("t()")).isEqualTo(2);
        assertThat(parser(args -> args.duration("x", Duration.ZERO)).parse("t")).isZero();
    }

    @Test
    void readsWhatIsGivenRatherThanItsDefault() {
        assertThat(parser(args -> args.ratio("x", 0.1)).parse("t(0.2)")).isEqualTo(0.2);
        assertThat(parser(args -> args.number("x", 2)).parse("t(1.5)")).isEqualTo(1.5);
        assertThat(parser(args -> args.duration("x", Duration.ZERO)).parse("t(x=1h)"))
                .isEqualTo(Duration.ofHours(1));
        assertFault(parser(args -> args.number("x", 2))::parse, "t(x=two)", 4, "not a number such as 2 or 1.5: 'two'");
    }

    private static <R> ExpressionParser<R> parser(Function<Arguments, R> reader) {
        return ExpressionParser.of(Vocabulary.<R>empty().with("t", List.of("x"), reader::apply), (left, right) -> left);
    }
}
