package io.breaker.spring.actuate.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.Transition;
import io.breaker.spring.registry.BreakerDescription;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One breaker with all that is known of it, as the endpoint shows it alone. What is not known is null, and absent in
 * JSON. Immutable.
 *
 * @param circuitBreaker the breaker as among the others; in JSON its fields stand beside those that follow
 * @param config its settings by their key in YAML
 * @param methods the guarded methods
 * @param fallbackMethods the fallbacks of those methods that have one, by method
 * @param lastFailure the last call that failed; null before the first
 * @param transitions the last changes of state, newest first
 * @param bulkhead what goes on in its bulkhead; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CircuitBreakerDetailsDescriptor(
        @JsonUnwrapped CircuitBreakerDescriptor circuitBreaker,
        Map<String, ConfigValue> config,
        List<String> methods,
        Map<String, String> fallbackMethods,
        @Nullable LastFailure lastFailure,
        List<Transition> transitions,
        @Nullable BulkheadFigures bulkhead)
        implements OperationResponseBody {

    /**
     * A setting.
     *
     * @param value its text
     * @param origin where it comes from
     */
    public record ConfigValue(String value, String origin) {}

    /**
     * A failed call.
     *
     * @param type the class name of what it threw; null where it returned a value that counts as a failure
     * @param at when it ended, by the wall clock
     * @param message the message of what it threw; null where messages are not shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record LastFailure(
            @JsonProperty("class") @Nullable String type,
            Instant at,
            @Nullable String message) {

        static LastFailure of(LoggedCall call) {
            return new LastFailure(call.type(), call.at(), call.message());
        }
    }

    /**
     * What goes on in a bulkhead.
     *
     * @param activeCalls calls that are under way
     * @param queued callers that wait for a place
     */
    public record BulkheadFigures(int activeCalls, int queued) {

        static BulkheadFigures of(Bulkhead bulkhead) {
            return new BulkheadFigures(bulkhead.activeCalls(), bulkhead.queued());
        }
    }

    static CircuitBreakerDetailsDescriptor of(
            CircuitBreakerDescriptor circuitBreaker,
            Optional<BreakerDescription> description,
            Optional<LoggedCall> lastFailure,
            List<Transition> transitions,
            Optional<Bulkhead> bulkhead) {
        return new CircuitBreakerDetailsDescriptor(
                circuitBreaker,
                description.map(CircuitBreakerDetailsDescriptor::configOf).orElse(Map.of()),
                description.map(BreakerDescription::methods).orElse(List.of()),
                description.map(BreakerDescription::fallbackMethods).orElse(Map.of()),
                lastFailure.map(LastFailure::of).orElse(null),
                transitions,
                bulkhead.map(BulkheadFigures::of).orElse(null));
    }

    private static Map<String, ConfigValue> configOf(BreakerDescription description) {
        Map<String, ConfigValue> config = new LinkedHashMap<>();
        description
                .settings()
                .forEach((key, setting) -> config.put(key, new ConfigValue(setting.text(), setting.origin())));
        return config;
    }
}
