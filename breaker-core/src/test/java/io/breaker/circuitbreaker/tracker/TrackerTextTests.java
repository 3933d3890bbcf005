package io.breaker.circuitbreaker.tracker;

import static io.breaker.expression.Faults.assertFault;
import static io.breaker.expression.Faults.assertSurvivesMutations;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breaker.expression.Trees;
import io.breaker.expression.Vocabulary;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.TimeoutException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrackerTextTests {

    private static final Tracker NOT_FOUND = thrown -> thrown instanceof IllegalArgumentException;

    private static final Vocabulary<Tracker> WITH_BEAN = Tracker.vocabulary().with("notFound", NOT_FOUND);

    @Test
    void isItsJava() {
        assertReadsAndPrints(Tracker.all(), "all");
        assertReadsAndPrints(Tracker.typeOf(IOException.class), "typeOf(java.io.IOException)");
        assertReadsAndPrints(
                Tracker.typeOf(IOException.class, Outer.Inner.class),
                "typeOf(java.io.IOException, io.breaker.circuitbreaker.tracker.TrackerTextTests$Outer$Inner)");
        assertReadsAndPrints(
                Tracker.causedBy(TimeoutException.class, Error.class),
                "causedBy(java.util.concurrent.TimeoutException, java.lang.Error)");
    }

    @Test
    void putsParenthesesWhereOperatorsMeet() {
        Tracker io = Tracker.typeOf(IOException.class);

        assertReadsAndPrints(
                io.and(Tracker.all().negate()).or(io.negate()),
                "(typeOf(java.io.IOException) & !all) | !typeOf(java.io.IOException)");
        assertReadsAndPrints(
                io.or(Tracker.all()).negate().and(io).and(io.or(io)),
                "!(typeOf(java.io.IOException) | all) & typeOf(java.io.IOException)"
                        + " & (typeOf(java.io.IOException) | typeOf(java.io.IOException))");
    }

    @Test
    void isCustomWithoutAName() {
        assertThat(NOT_FOUND.text()).isEqualTo("custom");
        assertThat(NOT_FOUND.negate().and(Tracker.all())).hasToString("!custom & all");
        assertFault(Tracker::parse, "custom", 0, "unknown name 'custom'");
    }

    @Test
    void isANameThatTheVocabularyKnows() {
        Tracker tracker = Tracker.parse("typeOf(java.lang.Exception) & !notFound", WITH_BEAN);

        assertThat(tracker).hasToString("typeOf(java.lang.Exception) & !notFound");
        assertThat(tracker.tracks(new IllegalArgumentException())).isFalse();
        assertThat(tracker.tracks(new IllegalStateException())).isTrue();
        assertThat(Tracker.parse(tracker.text(), WITH_BEAN)).isEqualTo(tracker);
        assertThat(Tracker.named("notFound", NOT_FOUND)).isEqualTo(Tracker.parse("notFound", WITH_BEAN));
        assertFault(Tracker::parse, "!notFound", 1, "unknown name 'notFound'");
    }

    @Test
    void takesTermsFromOutside() {
        Vocabulary<Tracker> vocabulary = Tracker.vocabulary()
                .withList(
                        "message",
                        args -> Tracker.named("m", thrown -> args.words().contains(thrown.getMessage())));

        Tracker tracker = Tracker.parse("message(5xx, 429)", vocabulary);

        assertThat(tracker.tracks(new Exception("5xx"))).isTrue();
        assertThat(tracker.tracks(new Exception("429"))).isTrue();
        assertThat(tracker.tracks(new Exception("404"))).isFalse();
    }

    @Test
    void cannotReplaceABuiltInName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tracker.vocabulary().with("all", NOT_FOUND))
                .withMessage("name must not be one of [all, causedBy, typeOf]: all");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "typeOf; 6; typeOf needs at least one argument",
                "typeOf(); 7; typeOf needs at least one argument",
                "causedBy(); 9; causedBy needs at least one argument",
                "typeOf(java.io.IOException, no.Such); 28; class not found: no.Such",
                "typeOf(IOException); 7; class not found: IOException",
                "typeOf(java.util.Map.Entry); 7; class not found: java.util.Map.Entry",
                "typeOf(int); 7; class not found: int",
                "typeOf(java..io); 7; class not found: java..io",
                "causedBy(java.lang.String); 9; class must be a Throwable: java.lang.String",
                "causedBy(java.util.Map$Entry); 9; class must be a Throwable: java.util.Map$Entry",
                "typeOf(type=java.io.IOException); 7; typeOf takes no named arguments",
                "all(1); 4; all takes no arguments",
                "al; 0; unknown name 'al'",
                "all & typeof(java.io.IOException); 6; unknown name 'typeof'"
            })
    void saysWhatIsWrongAndWhere(String text, int position, String problem) {
        assertFault(Tracker::parse, text, position, problem);
    }

    @Test
    void doesNotInitialiseTheClassesItLoads() {
        String name = TrackerTextTests.class.getName() + "$WithInitialiser";

        Tracker.parse("typeOf(" + name + ")");

        assertThat(System.getProperty(name)).isNull();
    }

    @Test
    void loadsClassesByTheContextLoaderOrElseByItsOwn() throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        String text = "typeOf(" + Outer.Inner.class.getName() + ")";
        try (URLClassLoader blind = new URLClassLoader(new URL[0], ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(blind);
            assertFault(Tracker::parse, text, 7, "class not found: " + Outer.Inner.class.getName());
            assertThat(Tracker.parse(text, Tracker.vocabulary(context))).hasToString(text);

            thread.setContextClassLoader(null);
            assertThat(Tracker.parse(text)).hasToString(text);
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    @Test
    void survivesEveryChangeOfOneCharacter() {
        assertSurvivesMutations(
                Tracker::parse, "!all | (typeOf(java.io.IOException, java.lang.Error) & !causedBy(java.lang.Error))");
    }

    @Property
    void parsesBackToAnEqualValue(@ForAll("trackers") Tracker tracker) {
        assertThat(Tracker.parse(tracker.toString(), WITH_BEAN))
                .isEqualTo(tracker)
                .hasSameHashCodeAs(tracker);
    }

    @Provide
    Arbitrary<Tracker> trackers() {
        return Trees.of(
                Arbitraries.of(
                        Tracker.all(),
                        Tracker.named("notFound", NOT_FOUND),
                        Tracker.typeOf(IOException.class),
                        Tracker.typeOf(Outer.Inner.class, Error.class),
                        Tracker.causedBy(TimeoutException.class)),
                Tracker::and,
                Tracker::or,
                Tracker::negate);
    }

    private static void assertReadsAndPrints(Tracker tracker, String text) {
        assertThat(tracker).hasToString(text);
        assertThat(tracker.text()).isEqualTo(text);
        assertThat(Tracker.parse(text)).isEqualTo(tracker);
    }

    static final class Outer {

        static final class Inner extends Exception {}
    }

    static final class WithInitialiser extends Exception {

        static {
            System.setProperty(WithInitialiser.class.getName(), "initialised");
        }
    }
}
