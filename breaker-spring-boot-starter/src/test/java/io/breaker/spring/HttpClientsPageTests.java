package io.breaker.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.autoconfigure.BreakerHttpClientsAutoConfiguration;
import io.breaker.spring.registry.BreakerProperties;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Compiles every piece of Java in the page about HTTP clients, and starts an application with every piece of YAML. */
class HttpClientsPageTests {

    private static final MarkdownPage PAGE = MarkdownPage.of("docs", "http-clients.md");

    /** What the snippets take for granted. */
    private static final String BEFORE = """
            import io.breaker.circuitbreaker.CircuitBreaker;
            import io.breaker.spring.http.CircuitBreakerExchangeFilter;
            import io.breaker.spring.http.CircuitBreakerHttpInterceptor;
            import io.breaker.spring.http.HttpClientBreakers;
            import io.breaker.spring.http.WebClientBreakers;
            import org.springframework.boot.restclient.RestClientCustomizer;
            import org.springframework.context.annotation.Bean;
            import org.springframework.web.client.RestClient;
            import org.springframework.web.client.RestTemplate;
            import org.springframework.web.reactive.function.client.WebClient;

            abstract class Snippet {
                CircuitBreaker breaker;
                HttpClientBreakers httpClients;
                WebClientBreakers webClients;
            """;

    @TestFactory
    Stream<DynamicTest> everyPieceOfJavaCompiles() {
        return PAGE.compiled(BEFORE);
    }

    @TestFactory
    Stream<DynamicTest> anApplicationStartsWithEveryPieceOfYaml() {
        return PAGE.snippets("yaml")
                .map(snippet -> dynamicTest(
                        snippet.lines().skip(1).findFirst().orElseThrow().strip(),
                        () -> new ApplicationContextRunner()
                                .withConfiguration(AutoConfigurations.of(
                                        BreakerAutoConfiguration.class, BreakerHttpClientsAutoConfiguration.class))
                                .withInitializer(context -> context.getEnvironment()
                                        .getPropertySources()
                                        .addFirst(MarkdownPage.properties(snippet)))
                                .run(context -> {
                                    assertThat(context).hasNotFailed();
                                    BreakerProperties properties = context.getBean(BreakerProperties.class);
                                    if (snippet.contains("partners@")) {
                                        assertThat(properties.instances())
                                                .containsKey("partners@eu.partner.example.com");
                                    }
                                })));
    }
}
