package io.breaker.spring.http;

import java.util.function.Supplier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Lets every {@code WebClient.Builder} that is a bean, as Spring Boot's is, guard calls by host. Safe for concurrent use.
 *
 * <p>Spring Boot's customizers would do the same; but they are in a module of their own, which an application with a builder
 * of its own does without.
 */
public final class WebClientBuilderPostProcessor implements BeanPostProcessor {

    private final Supplier<WebClientBreakers> clients;

    /**
     * Makes a post-processor.
     *
     * @param clients asked when the first builder is made, not before
     */
    public WebClientBuilderPostProcessor(Supplier<WebClientBreakers> clients) {
        this.clients = clients;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof WebClient.Builder builder) {
            clients.get()
                    .filterByHost()
                    .ifPresent(filter -> builder.filters(filters -> {
                        if (!filters.contains(filter)) {
                            filters.add(filter);
                        }
                    }));
        }
        return bean;
    }
}
