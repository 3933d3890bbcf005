package io.breaker.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Writes valid expressions in all the ways that people may: spaced, nested, with named arguments in any order. {@link
 * Trees} gives values, whose text is always the tidy one; a parser is to be trusted with the untidy ones, too.
 */
public final class Texts {

    /** Stands where blanks may stand; no text has it otherwise. */
    private static final String GAP = "\uffff";

    private static final int MAX_DEPTH = 3;

    private Texts() {}

    /** A parameter of a term, and the values it takes. */
    public record Slot(String name, Arbitrary<String> value, boolean optional) {

        public static Slot of(String name, Arbitrary<String> value) {
            return new Slot(name, value, false);
        }

        public static Slot optional(String name, Arbitrary<String> value) {
            return new Slot(name, value, true);
        }
    }

    /** Gives a term with its first arguments in order and the others by name, in any order. */
    public static Arbitrary<String> term(String name, Slot... slots) {
        if (slots.length == 0) {
            return Arbitraries.of(name, name + GAP + "(" + GAP + ")");
        }
        List<Slot> all = List.of(slots);
        int required = (int) all.stream().filter(slot -> !slot.optional()).count();
        List<Integer> indexes = IntStream.range(0, slots.length).boxed().toList();
        return Combinators.combine(
                        Combinators.combine(all.stream().map(Slot::value).toList())
                                .as(List::copyOf),
                        Arbitraries.integers().between(required, slots.length),
                        Arbitraries.integers().between(0, slots.length),
                        Arbitraries.shuffle(indexes))
                .as((values, kept, unnamed, order) -> {
                    List<String> arguments = new ArrayList<>(values.subList(0, Math.min(unnamed, kept)));
                    order.stream()
                            .filter(index -> index >= unnamed && index < kept)
                            .map(index -> all.get(index).name() + GAP + "=" + GAP + values.get(index))
                            .forEach(arguments::add);
                    return list(name, arguments);
                });
    }

    /** Gives a term with one argument or more, all of one kind. */
    public static Arbitrary<String> listTerm(String name, Arbitrary<String> value) {
        return value.list().ofMinSize(1).ofMaxSize(3).map(values -> list(name, values));
    }

    private static String list(String name, List<String> arguments) {
        return name + GAP + "(" + GAP + String.join(GAP + "," + GAP, arguments) + GAP + ")";
    }

    /** Gives expressions of leaves joined by some of {@code &}, {@code |} and {@code !}. */
    public static Arbitrary<String> composed(Arbitrary<String> leaves, String operators) {
        return expression(leaves, operators, MAX_DEPTH);
    }

    private static Arbitrary<String> expression(Arbitrary<String> leaves, String operators, int depth) {
        Arbitrary<String> operands = depth == 0 ? leaves : operand(leaves, operators, depth);
        List<String> joins = operators
                .chars()
                .filter(c -> c != '!')
                .mapToObj(Character::toString)
                .toList();
        return Combinators.combine(operands.list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(joins))
                .as((parts, join) -> String.join(GAP + join + GAP, parts));
    }

    private static Arbitrary<String> operand(Arbitrary<String> leaves, String operators, int depth) {
        Arbitrary<String> group = Arbitraries.lazy(() -> expression(leaves, operators, depth - 1))
                .map(inner -> "(" + GAP + inner + GAP + ")");
        Arbitrary<String> plain = Arbitraries.oneOf(leaves, leaves, group);
        return operators.contains("!") ? Arbitraries.oneOf(plain, plain, plain.map(inner -> "!" + GAP + inner)) : plain;
    }

    /** Fills in blanks and line breaks, where there may be any. */
    public static Arbitrary<String> spaced(Arbitrary<String> texts) {
        Arbitrary<String> blanks = Arbitraries.of("", "", " ", "  ", "\t", "\n  ", "\r\n", "\u2003");
        return Combinators.combine(texts, blanks.list().ofSize(7)).as(Texts::fill);
    }

    private static String fill(String text, List<String> blanks) {
        StringBuilder filled = new StringBuilder(blanks.get(0));
        int gap = 0;
        for (String piece : text.split(GAP, -1)) {
            filled.append(gap == 0 ? "" : blanks.get(gap % blanks.size())).append(piece);
            gap++;
        }
        return filled.append(blanks.get(gap % blanks.size())).toString();
    }

    /** Gives ratios in (0.0, 1.0), in decimal and in percent. */
    public static Arbitrary<String> ratios() {
        Arbitrary<Integer> percent = Arbitraries.integers().between(1, 99);
        return Arbitraries.oneOf(
                percent.map(n -> n + "%"),
                percent.map(n -> n + ".25%"),
                percent.map(n -> String.format("0.%02d", n)),
                percent.map(n -> "000." + n + "00"));
    }

    /** Gives durations of at least 10 ms, in every unit and in ISO-8601. */
    public static Arbitrary<String> durations() {
        Arbitrary<Integer> number = Arbitraries.integers().between(10, 9_999);
        return Arbitraries.oneOf(
                Combinators.combine(number, Arbitraries.of("ms", "s", "m", "h")).as((n, unit) -> n + unit),
                number.map(n -> n + ".125ms"),
                number.map(n -> "0" + n + ".5s"),
                number.map(n -> "PT" + n + ".25S"),
                number.map(n -> "P1DT2H" + n + "M"),
                number.map(n -> "pt" + n + "h-1s"));
    }

    /** Gives whole numbers from 1 on. */
    public static Arbitrary<String> counts() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(1, 1_000_000).map(String::valueOf),
                Arbitraries.integers().between(1, 99).map(n -> "00" + n));
    }
}
