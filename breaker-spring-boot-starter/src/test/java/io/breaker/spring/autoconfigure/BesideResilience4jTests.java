package io.breaker.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.json.JsonParserFactory;

/** Starts an application that has both starters, as long as it moves from one to the other. */
@Timeout(120)
class BesideResilience4jTests {

    private static final String THEIR_REJECTION = "io.github.resilience4j.circuitbreaker.CallNotPermittedException";
    private static final String OUR_REJECTION = "io.breaker.circuitbreaker.CallNotPermittedException";
    private static final String FAILURE = "java.lang.IllegalStateException";

    private static ChildApplication application;

    @BeforeAll
    static void start(@TempDir Path classes) throws IOException {
        application = ChildApplication.start(
                Path.of("src", "resilience4j", "java", "io", "breaker", "spring", "both", "BothStarters.java"),
                "io.breaker.spring.both.BothStarters",
                Path.of("target", "resilience4j"),
                classes,
                "security",
                List.of(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.main.banner-mode=off",
                        "--management.endpoints.web.exposure.include=*",
                        "--management.endpoint.breakers.access=unrestricted",
                        "--management.endpoint.breakers.show-values=always",
                        "--management.endpoint.health.show-details=always",
                        "--management.health.circuitbreakers.enabled=true",
                        "--resilience4j.circuitbreaker.instances.staying.register-health-indicator=true",
                        "--resilience4j.circuitbreaker.instances.staying.sliding-window-size=2",
                        "--resilience4j.circuitbreaker.instances.staying.minimum-number-of-calls=2",
                        "--breaker.instances.moved.tripper=failureStreak(2)"));
    }

    @AfterAll
    static void stop() {
        if (application != null) {
            application.close();
        }
    }

    @Test
    void eachGuardsItsOwnMethod() throws Exception {
        application.post("/actuator/circuitbreakers/staying", "{\"updateState\":\"CLOSE\"}");
        application.post("/actuator/breakers/moved", "{\"state\":\"closed\"}");

        assertThat(list("/staying")).isEqualTo(List.of(FAILURE, FAILURE, THEIR_REJECTION));
        assertThat(list("/moved")).isEqualTo(List.of(FAILURE, FAILURE, OUR_REJECTION));
    }

    @Test
    void eachHasItsOwnRegistry() throws Exception {
        assertThat(list("/names")).isEqualTo(List.of("theirs: staying", "ours: moved"));
    }

    @Test
    void eachHasItsOwnEndpoint() throws Exception {
        assertThat(map("/actuator/circuitbreakers").get("circuitBreakers"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("staying");
        assertThat(application.get("/actuator/breakers"))
                .contains("\"name\":\"moved\"")
                .doesNotContain("staying");
        assertThat(application.get("/actuator/breakers/moved")).contains("breaker.instances.moved.tripper");
        assertThat(application.get("/actuator/breakers/moved/events")).contains("\"calls\"");
    }

    @Test
    void theOtherIdCanBeWrittenTo() throws Exception {
        assertThat(application.post("/actuator/breakers/moved", "{\"state\":\"disabled\"}"))
                .contains("\"state\":\"DISABLED\"");

        application.post("/actuator/breakers/moved", "{\"state\":\"closed\"}");
    }

    @Test
    void eachHasItsOwnHealthComponent() throws Exception {
        Map<?, ?> components = (Map<?, ?>) map("/actuator/health").get("components");

        assertThat(components.get("circuitBreakers"))
                .asString()
                .contains("staying")
                .doesNotContain("moved");
        assertThat(components.get("breakers")).asString().contains("moved").doesNotContain("staying");
    }

    @Test
    void bothHaveTheirMeters() throws Exception {
        assertThat(application.get("/actuator/metrics"))
                .contains("\"resilience4j.circuitbreaker.state\"", "\"circuit.breaker.state\"");
        assertThat(application.get("/actuator/metrics/circuit.breaker.state"))
                .contains("moved")
                .doesNotContain("staying");
    }

    @Test
    void saysOnceThatItHasAnotherId() {
        assertThat(application.log())
                .filteredOn(line -> line.contains("Resilience4j's starter is on the class path too"))
                .singleElement()
                .asString()
                .contains(" INFO ", "Breaker's endpoint and health component", "'breakers'");
    }

    private static List<Object> list(String path) throws IOException, InterruptedException {
        return JsonParserFactory.getJsonParser().parseList(application.get(path));
    }

    private static Map<String, Object> map(String path) throws IOException, InterruptedException {
        return JsonParserFactory.getJsonParser().parseMap(application.get(path));
    }
}
