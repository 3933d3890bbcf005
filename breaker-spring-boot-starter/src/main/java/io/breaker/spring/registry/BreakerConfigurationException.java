package io.breaker.spring.registry;

import org.jspecify.annotations.Nullable;

/** Says that the application cannot start because a breaker is not set up right: what is wrong, where, and what to do. */
public final class BreakerConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    private BreakerConfigurationException(String description, String action, @Nullable Throwable cause) {
        super(description, cause);
        this.action = action;
    }

    /**
     * Makes the exception.
     *
     * @param subject what is not valid, such as {@code Property 'breaker.defaults.tripper'}
     * @param problem what is wrong with it, of one line or more
     * @param action what to do
     * @return the exception
     */
    public static BreakerConfigurationException of(String subject, String problem, String action) {
        return of(subject, problem, action, null);
    }

    /**
     * Makes the exception.
     *
     * @param subject what is not valid, such as {@code Property 'breaker.defaults.tripper'}
     * @param problem what is wrong with it, of one line or more
     * @param action what to do
     * @param cause what found the fault; null for nothing else
     * @return the exception
     */
    public static BreakerConfigurationException of(
            String subject, String problem, String action, @Nullable Throwable cause) {
        String description = subject + " is not valid:\n\n" + problem.indent(4).stripTrailing();
        return new BreakerConfigurationException(description, action, cause);
    }

    /**
     * Describes the fault.
     *
     * @return what is wrong and where, of several lines; the same as the message
     */
    public String description() {
        return String.valueOf(getMessage());
    }

    /**
     * Tells what to do about it.
     *
     * @return an advice to the user
     */
    public String action() {
        return action;
    }
}
