package io.breaker.expression;

/** Something with a text form, such as a rule that can be written in a configuration file. */
public interface Expression {

    /**
     * Gives the text form. What is built in gives the text that its {@code parse} method reads back to an equal value.
     *
     * @return {@code custom} by default, which does not parse: it stands for code that was given no name
     */
    default String text() {
        return "custom";
    }
}
