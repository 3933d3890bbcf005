package io.breaker.expression;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Spoils texts by one character, as a slip of the finger, a word processor or a broken encoding does. */
public final class Mutations {

    private static final String SYNTAX = "!&|()=,.%-+ \n\t019aZ_$smhPTxe";

    /** Quotes of all kinds, control characters, digits and blanks that look like others, lone halves of a surrogate pair. */
    private static final String STRANGE = "\"'`;:#{}[]*\\/@\u0000\u001b\u007f\u0085\u00a0\u00ad\u200b\u202e\u2028\ufeff"
            + "\u2018\u201c\u0664\uff12\uff05\uff08\u0301\u00e9\u0130\u0131\u212a\ud83d\ude00";

    private Mutations() {}

    private enum Kind {
        INSERT,
        DELETE,
        REPLACE,
        SWAP
    }

    /** Gives the texts with one character too much, too few, changed, or changed places with its neighbour. */
    public static Arbitrary<String> of(Arbitrary<String> texts) {
        return Combinators.combine(
                        texts,
                        Arbitraries.of(Kind.class),
                        Arbitraries.doubles().between(0, true, 1, false),
                        characters())
                .as((text, kind, place, character) -> mutate(text, kind, place, character));
    }

    private static Arbitrary<Character> characters() {
        return Arbitraries.oneOf(
                Arbitraries.of(chars(SYNTAX)),
                Arbitraries.of(chars(STRANGE)),
                Arbitraries.chars().all());
    }

    private static Character[] chars(String text) {
        return text.chars().mapToObj(c -> (char) c).toArray(Character[]::new);
    }

    private static String mutate(String text, Kind kind, double place, char character) {
        int last = text.length() - (kind == Kind.SWAP ? 2 : kind == Kind.INSERT ? 0 : 1);
        if (last < 0) {
            return text;
        }
        int at = (int) (place * (last + 1));
        String before = text.substring(0, at);
        return switch (kind) {
            case INSERT -> before + character + text.substring(at);
            case DELETE -> before + text.substring(at + 1);
            case REPLACE -> before + character + text.substring(at + 1);
            case SWAP -> before + text.charAt(at + 1) + text.charAt(at) + text.substring(at + 2);
        };
    }
}
