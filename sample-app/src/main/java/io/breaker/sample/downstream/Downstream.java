package io.breaker.sample.downstream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The four services by name. Safe for concurrent use. */
@Component
class Downstream {

    static final String USER = "user";
    static final String ORDER = "order";
    static final String PAYMENT = "payment";
    static final String NOTIFICATION = "notification";

    private final Map<String, DownstreamService> services = new LinkedHashMap<>();

    Downstream(Delay delay) {
        for (String name : List.of(USER, ORDER, PAYMENT, NOTIFICATION)) {
            services.put(name, new DownstreamService(name, delay));
        }
    }

    Set<String> names() {
        return services.keySet();
    }

    Optional<DownstreamService> find(String name) {
        return Optional.ofNullable(services.get(name));
    }

    DownstreamService get(String name) {
        return find(name).orElseThrow();
    }
}
