package io.breaker.spring.registry;

/**
 * What a setting of a breaker is, and who said so. Immutable.
 *
 * @param text the value as it would be written in a property
 * @param origin {@code default}, {@code breaker.defaults}, {@code annotation}, {@code code} for a customizer, a breaker
 *     that was registered by hand or one that was reconfigured, or a property such as {@code breaker.instances.payments.tripper}
 */
public record Setting(String text, String origin) {}
