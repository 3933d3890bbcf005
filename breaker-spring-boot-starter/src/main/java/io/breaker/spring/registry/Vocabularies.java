package io.breaker.spring.registry;

import io.breaker.circuitbreaker.cooldown.Cooldown;
import io.breaker.circuitbreaker.permit.Permit;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.circuitbreaker.tripper.Tripper;
import io.breaker.expression.ExpressionException;
import io.breaker.expression.Vocabulary;
import io.breaker.policy.RetryAfter;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * The words that expressions may use in this application: the built-in ones, those of the extensions, and the names of
 * the beans that are a {@link Tracker}, {@link Tripper}, {@link Cooldown} or {@link Permit}.
 *
 * <p>Such a bean is made when the first expression names it, and prints as its name. One whose name is no Java
 * identifier cannot be named. Safe for concurrent use.
 */
public final class Vocabularies {

    private static final Pattern WORD = Pattern.compile("[\\w$.-]+");

    private final ConfigurableListableBeanFactory beans;
    private final Vocabulary<Tracker> trackers;
    private final Vocabulary<Tripper> trippers;
    private final Vocabulary<Cooldown> cooldowns;
    private final Vocabulary<Permit> permits;
    private final Tracker defaultTracker;
    private final Function<? super Throwable, Optional<Duration>> retryAfter;

    /**
     * Collects the words.
     *
     * @param beans where the beans are
     * @param extensions more words for trackers; of their defaults, the last one's count
     * @throws BreakerConfigurationException if a bean has the name of a built-in term
     */
    public Vocabularies(ConfigurableListableBeanFactory beans, List<TrackerExtension> extensions) {
        this.beans = beans;
        ClassLoader loader = beans.getBeanClassLoader();
        Vocabulary<Tracker> builtInTrackers = loader != null ? Tracker.vocabulary(loader) : Tracker.vocabulary();
        Tracker standard = Tracker.DEFAULT;
        Function<? super Throwable, Optional<Duration>> reader = RetryAfter::askedBy;
        for (TrackerExtension extension : extensions) {
            builtInTrackers = builtInTrackers.union(extension.terms());
            standard = extension.defaultTracker();
            reader = extension.retryAfter();
        }
        this.defaultTracker = standard;
        this.retryAfter = reader;
        this.trackers = withBeans(Tracker.class, builtInTrackers, Tracker::named);
        this.trippers = withBeans(Tripper.class, Tripper.vocabulary(), Tripper::named);
        this.cooldowns = withBeans(Cooldown.class, Cooldown.vocabulary(), Cooldown::named);
        this.permits = withBeans(Permit.class, Permit.vocabulary(), Permit::named);
    }

    private <T> Vocabulary<T> withBeans(Class<T> type, Vocabulary<T> builtIn, BiFunction<String, T, T> naming) {
        Vocabulary<T> words = builtIn;
        for (String name : beanNames(type)) {
            if (builtIn.names().contains(name)) {
                throw BreakerConfigurationException.of(
                        "Bean '" + name + "'",
                        "a bean of type " + type.getName() + " must not have the name of a built-in term",
                        "Rename the bean. Built-in terms: " + String.join(", ", builtIn.names()) + ".");
            }
            words = withBean(type, words, name, naming);
        }
        return words;
    }

    private <T> Vocabulary<T> withBean(
            Class<T> type, Vocabulary<T> words, String name, BiFunction<String, T, T> naming) {
        try {
            return words.with(name, List.of(), arguments -> naming.apply(name, beans.getBean(name, type)));
        } catch (IllegalArgumentException noIdentifier) {
            return words;
        }
    }

    /** Asked without making factory beans: that would be too early for them. */
    private List<String> beanNames(Class<?> type) {
        return Arrays.asList(
                beans.getBeanNamesForType(type, /* includeNonSingletons= */ true, /* allowEagerInit= */ false));
    }

    Tracker defaultTracker() {
        return defaultTracker;
    }

    /** Gives how long a failure asks to be left alone, also where it is an exception of the application's libraries. */
    Function<? super Throwable, Optional<Duration>> retryAfter() {
        return retryAfter;
    }

    Tracker tracker(String text) {
        return explained(Tracker.class, () -> Tracker.parse(text, trackers));
    }

    Tripper tripper(String text) {
        return explained(Tripper.class, () -> Tripper.parse(text, trippers));
    }

    Cooldown cooldown(String text) {
        return explained(Cooldown.class, () -> Cooldown.parse(text, cooldowns));
    }

    Permit permit(String text) {
        return explained(Permit.class, () -> Permit.parse(text, permits));
    }

    /** Says of a name that is that of a bean why it is unknown nevertheless. */
    private <T> T explained(Class<T> type, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (ExpressionException refused) {
            Matcher word = WORD.matcher(refused.expression());
            String message = String.valueOf(refused.getMessage());
            int help = message.indexOf(Fault.HELP);
            if (help < 0 || !word.find(refused.position()) || !beans.containsBean(word.group())) {
                throw refused;
            }
            throw new UnknownNameException(message.substring(0, help), why(word.group(), type), refused);
        }
    }

    private String why(String bean, Class<?> type) {
        if (beans.isTypeMatch(bean, type)) {
            return "The name of the bean '" + bean + "' is no Java identifier. Rename it.";
        }
        Class<?> other = beans.getType(bean);
        return "The bean '" + bean + "' is of type " + (other == null ? "?" : typeName(other)) + ", not of type "
                + type.getName() + ".";
    }

    /** The class of a lambda has a name that nobody has given it. */
    private static String typeName(Class<?> type) {
        return type.isHidden() && type.getInterfaces().length > 0
                ? type.getInterfaces()[0].getTypeName()
                : type.getTypeName();
    }

    /**
     * Finds a predicate bean.
     *
     * @throws UnknownNameException if there is none of that name
     */
    Predicate<@Nullable Object> resultTracker(String beanName) {
        if (!beans.containsBean(beanName) || !beans.isTypeMatch(beanName, Predicate.class)) {
            Class<?> other = beans.containsBean(beanName) ? beans.getType(beanName) : null;
            String problem = "no bean of type java.util.function.Predicate has the name '" + beanName + "'"
                    + (other == null ? "" : ", it is of type " + typeName(other));
            throw new UnknownNameException(problem, "predicate beans", beanName, beanNames(Predicate.class));
        }
        @SuppressWarnings("unchecked") // A bean is asked for any value; what it cannot take, it throws at.
        Predicate<@Nullable Object> predicate = beans.getBean(beanName, Predicate.class);
        return new ResultTracker(beanName, predicate);
    }
}
