package io.breaker.spring.registry;

import io.breaker.expression.ExpressionException;

/**
 * What is wrong with the value of a setting, and what to do about it.
 *
 * @param problem what is wrong, with a caret where the value is an expression
 * @param action what to do
 */
record Fault(String problem, String action) {

    /** Where the message of an {@link ExpressionException} turns from the problem to the help. */
    static final String HELP = "\nknown names: ";

    private static final String MEANT = "\ndid you mean ";

    /** Takes apart what the value was refused with. */
    static Fault of(SettingKey<?> key, IllegalArgumentException refusal) {
        String message = String.valueOf(refusal.getMessage());
        if (refusal instanceof UnknownNameException unknown) {
            return new Fault(message, unknown.advice());
        }
        int help = refusal instanceof ExpressionException ? message.indexOf(HELP) : -1;
        return help < 0
                ? new Fault(message, "Write " + key.example() + ".")
                : new Fault(message.substring(0, help), advice(message.substring(help + HELP.length())) + beans(key));
    }

    private static String beans(SettingKey<?> key) {
        return key.beanType() == null
                ? ""
                : " A bean of type " + key.beanType().getSimpleName() + " adds its name to them.";
    }

    private static String advice(String help) {
        int meant = help.indexOf(MEANT);
        return meant < 0
                ? "Known names: " + help + "."
                : "Did you mean " + help.substring(meant + MEANT.length()) + " Known names: " + help.substring(0, meant)
                        + ".";
    }
}
