package io.breaker.spring.autoconfigure;

import java.util.Set;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the endpoint shows to whom where it has the id {@code breakers}. Immutable.
 *
 * @param showValues When to show messages of exceptions.
 * @param roles Roles whose users see them when show-values is when-authorized. When empty, all authenticated users do.
 */
@ConfigurationProperties("management.endpoint.breakers")
record BreakersEndpointProperties(
        @DefaultValue("never") Show showValues,
        @DefaultValue Set<String> roles) {}
