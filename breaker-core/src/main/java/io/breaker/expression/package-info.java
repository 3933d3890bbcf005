/**
 * The text form of rules: terms such as {@code failureRate(0.5)}, joined by {@code !}, {@code &}, {@code |} and
 * parentheses. Knows the grammar and no rule.
 */
@NullMarked
package io.breaker.expression;

import org.jspecify.annotations.NullMarked;
