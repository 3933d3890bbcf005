package io.breaker.spring.registry;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A predicate bean that says which returned values are failures, and its name. */
record ResultTracker(String beanName, Predicate<@Nullable Object> predicate) implements Predicate<@Nullable Object> {

    /** Gives the name of the bean; {@code custom} for a predicate that is none. */
    static String text(Predicate<@Nullable Object> predicate) {
        return predicate instanceof ResultTracker named ? named.beanName : "custom";
    }

    @Override
    public boolean test(@Nullable Object value) {
        return predicate.test(value);
    }
}
