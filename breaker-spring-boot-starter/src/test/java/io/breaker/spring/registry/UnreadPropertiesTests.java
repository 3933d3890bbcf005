package io.breaker.spring.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Spring Boot says nothing of an environment variable or a system property that is mistyped. */
class UnreadPropertiesTests {

    private static final Set<ConfigurationPropertyName> BOUND =
            Set.of(ConfigurationPropertyName.of("breaker.instances.payments.probe-timeout"));

    @Test
    void namesAMistypedVariable() {
        assertThat(find(variable("BREAKER_WEB_PROBLEMDETAIL")))
                .isEqualTo("Environment variable 'BREAKER_WEB_PROBLEMDETAIL' sets nothing, because there is no such"
                        + " property. Did you mean 'problem-details'? Known keys: problem-details.");
    }

    @Test
    void acceptsEveryWayToWriteAVariable() {
        assertThat(find(variable("BREAKER_INSTANCES_PAYMENTS_PROBETIMEOUT"))).isEmpty();
        assertThat(find(variable("BREAKER_INSTANCES_PAYMENTS_PROBE_TIMEOUT"))).isEmpty();
        assertThat(find(variable("PATH"))).isEmpty();
    }

    @Test
    void namesAMistypedSystemProperty() {
        assertThat(find(new PropertiesPropertySource("systemProperties", properties("breaker.metrics.histogramm"))))
                .isEqualTo("System property 'breaker.metrics.histogramm' sets nothing, because there is no such"
                        + " property. Did you mean 'histogram'? Known keys: histogram.");
    }

    @Test
    void leavesOtherPlacesToSpringBoot() {
        assertThat(find(new MapPropertySource("application.yaml", Map.of("breaker.metrics.histogramm", "true"))))
                .isEmpty();
    }

    private static PropertySource<?> variable(String name) {
        return new SystemEnvironmentPropertySource("systemEnvironment", Map.of(name, "1s"));
    }

    private static Properties properties(String name) {
        Properties properties = new Properties();
        properties.setProperty(name, "true");
        return properties;
    }

    private static String find(PropertySource<?> source) {
        return String.join("\n", new UnreadProperties(source, BOUND).find());
    }
}
