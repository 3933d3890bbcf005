package io.breaker.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breaker.spring.diagnostics.Start.Payments;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A mistake, the whole text that the user is told of it, and what is right instead.
 *
 * @param name the mistake, in words
 * @param yaml the properties with it
 * @param beans the classes with it
 * @param description what is wrong, and where
 * @param action what to do
 * @param mendedYaml the properties without it
 * @param mendedBeans the classes without it
 */
record Row(
        String name,
        String yaml,
        List<Class<?>> beans,
        String description,
        String action,
        String mendedYaml,
        List<Class<?>> mendedBeans) {

    /** A mistake in properties. */
    static Row yaml(String name, String yaml, String description, String action, String mended) {
        return new Row(name, yaml, List.of(Payments.class), description, action, mended, List.of(Payments.class));
    }

    /** A mistake in the value of one property, which stands in the first line. */
    static Row value(String property, String wrong, String problem, String action, String mended) {
        String name = "breaker." + property;
        String description = "Property '" + name + "' (application.yaml - 1:" + (name.length() + 3)
                + ") is not valid:\n\n" + problem.indent(4);
        return yaml(name + ": " + wrong, name + ": " + wrong, description, action, name + ": " + mended);
    }

    /** A mistake in a class. */
    static Row bean(Class<?> wrong, String description, String action, Class<?> mended) {
        return bean("breaker.enabled: true", wrong, description, action, mended);
    }

    /** A mistake in a class, of an application with properties. */
    static Row bean(String yaml, Class<?> wrong, String description, String action, Class<?> mended) {
        return new Row(wrong.getSimpleName(), yaml, List.of(wrong), description, action, yaml, List.of(mended));
    }

    Row withMendedYaml(String mended) {
        return new Row(name, yaml, beans, description, action, mended, mendedBeans);
    }

    Row withDescription(String otherDescription, String otherAction) {
        return new Row(name, yaml, beans, otherDescription, otherAction, mendedYaml, mendedBeans);
    }

    /** Tells of each row that the mistake stops the start with that text, and that without it the application starts. */
    static Stream<DynamicTest> tests(Row... rows) {
        return Stream.of(rows)
                .flatMap(row ->
                        Stream.of(dynamicTest(row.name, row::stops), dynamicTest(row.name + " - mended", row::starts)));
    }

    private void stops() {
        assertThat(withoutOuterClass(Start.outcome(yaml, beans)))
                .isEqualTo(description.stripTrailing() + "\n->\n" + action.stripTrailing());
    }

    private void starts() {
        assertThat(Start.outcome(mendedYaml, mendedBeans)).isEqualTo(Start.STARTED);
    }

    /** The names of the classes with mistakes are long: they stand inside a class of this package. */
    private static String withoutOuterClass(String text) {
        return text.replaceAll("io\\.breaker\\.spring\\.diagnostics\\.\\w+\\$", "");
    }
}
