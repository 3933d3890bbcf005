package io.breaker.expression;

import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * The names that an expression may use, and what each of them stands for. Immutable: each method that adds a name gives
 * a new vocabulary.
 *
 * @param <T> what terms stand for
 */
public final class Vocabulary<T> {

    private final BiFunction<? super String, ? super T, ? extends T> naming;
    private final NavigableMap<String, Term<? extends T>> terms;

    private Vocabulary(
            BiFunction<? super String, ? super T, ? extends T> naming, NavigableMap<String, Term<? extends T>> terms) {
        this.naming = naming;
        this.terms = Collections.unmodifiableNavigableMap(terms);
    }

    /**
     * Gives a vocabulary without names, whose values are taken as they are.
     *
     * @param <T> what terms stand for
     * @return the vocabulary
     */
    public static <T> Vocabulary<T> empty() {
        return empty((name, value) -> value);
    }

    /**
     * Gives a vocabulary without names, whose values learn the names they are added under.
     *
     * @param naming makes of a name and a value the value that prints as the name
     * @param <T> what terms stand for
     * @return the vocabulary
     */
    public static <T> Vocabulary<T> empty(BiFunction<? super String, ? super T, ? extends T> naming) {
        return new Vocabulary<>(naming, new TreeMap<>());
    }

    /**
     * Adds a name that stands for one value and takes no arguments.
     *
     * @param name a Java identifier
     * @param value what the name stands for; it prints as the name
     * @return the vocabulary with the name
     * @throws IllegalArgumentException if the name is no identifier or known already
     */
    public Vocabulary<T> with(String name, T value) {
        requireNew(name);
        T named = naming.apply(name, value);
        return with(name, List.of(), arguments -> named);
    }

    /**
     * Adds a term.
     *
     * @param name a Java identifier
     * @param parameters the names of its parameters, in their order; empty for a term without arguments
     * @param parser makes the value of the arguments
     * @return the vocabulary with the term
     * @throws IllegalArgumentException if the name is no identifier or known already
     */
    public Vocabulary<T> with(String name, List<String> parameters, TermParser<? extends T> parser) {
        return with(name, new Term<>(name, parameters, /* list= */ false, parser));
    }

    /**
     * Adds a term that takes one argument or more, all of one kind and without names, such as
     * {@code httpStatus(5xx, 429)}.
     *
     * @param name a Java identifier
     * @param parser makes the value of {@link Arguments#words()} or {@link Arguments#each}
     * @return the vocabulary with the term
     * @throws IllegalArgumentException if the name is no identifier or known already
     */
    public Vocabulary<T> withList(String name, TermParser<? extends T> parser) {
        return with(name, new Term<>(name, List.of(), /* list= */ true, parser));
    }

    /**
     * Adds all terms of another vocabulary.
     *
     * @param other the other one
     * @return the vocabulary with the terms of both
     * @throws IllegalArgumentException if a name is in both
     */
    public Vocabulary<T> union(Vocabulary<? extends T> other) {
        other.names().forEach(this::requireNew);
        NavigableMap<String, Term<? extends T>> both = new TreeMap<>(terms);
        both.putAll(other.terms);
        return new Vocabulary<>(naming, both);
    }

    /**
     * Gives the known names.
     *
     * @return the names in alphabetical order, unmodifiable
     */
    public SortedSet<String> names() {
        return terms.navigableKeySet();
    }

    /**
     * Checks that a name could be added.
     *
     * @param name the name
     * @return the name
     * @throws IllegalArgumentException if the name is no identifier or known already
     */
    public String requireNew(String name) {
        if (!Characters.isIdentifier(name)) {
            throw new IllegalArgumentException("name must be a Java identifier: " + Quote.of(name));
        }
        if (terms.containsKey(name)) {
            throw new IllegalArgumentException("name must not be one of " + names() + ": " + name);
        }
        return name;
    }

    Optional<Term<? extends T>> find(String name) {
        return Optional.ofNullable(terms.get(name));
    }

    private Vocabulary<T> with(String name, Term<? extends T> term) {
        requireNew(name);
        NavigableMap<String, Term<? extends T>> more = new TreeMap<>(terms);
        more.put(name, term);
        return new Vocabulary<>(naming, more);
    }
}
