package io.breaker.spring.autoconfigure;

import io.breaker.spring.http.HttpClientBreakers;
import io.breaker.spring.http.UnusedHttpClients;
import io.breaker.spring.http.WebClientBreakers;
import io.breaker.spring.http.WebClientBuilderPostProcessor;
import io.breaker.spring.registry.BreakerProperties;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.PropertyOrigins;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;
import reactor.core.publisher.Mono;

/** Guards HTTP clients. */
@AutoConfiguration(after = BreakerAutoConfiguration.class)
@ConditionalOnClass(ClientHttpRequestInterceptor.class)
@ConditionalOnBean(Breakers.class)
public final class BreakerHttpClientsAutoConfiguration {

    BreakerHttpClientsAutoConfiguration() {}

    // Made at the start also where beans are lazy: a wrong property has to be found then.
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    HttpClientBreakers breakerHttpClients(Breakers breakers, BreakerProperties properties, ApplicationContext context) {
        return HttpClientBreakers.of(breakers, properties, PropertyOrigins.of(context));
    }

    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    UnusedHttpClients breakerUnusedHttpClients(HttpClientBreakers clients, ApplicationContext context) {
        return new UnusedHttpClients(clients, PropertyOrigins.of(context));
    }

    /** Guards the clients that Spring Boot builds, last of all customizers: so each attempt of a retry is seen. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClientCustomizer.class)
    static class RestClients {

        @Bean
        @Order
        @ConditionalOnMissingBean(name = "breakerRestClientCustomizer")
        RestClientCustomizer breakerRestClientCustomizer(HttpClientBreakers clients) {
            return builder -> clients.interceptorByHost().ifPresent(builder::requestInterceptor);
        }

        @Bean
        @Order
        @ConditionalOnMissingBean(name = "breakerRestTemplateCustomizer")
        RestTemplateCustomizer breakerRestTemplateCustomizer(HttpClientBreakers clients) {
            return template -> clients.interceptorByHost().ifPresent(template.getInterceptors()::add);
        }
    }

    /** Guards the HTTP service groups. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(RestClientHttpServiceGroupConfigurer.class)
    static class RestClientGroups {

        @Bean
        @ConditionalOnMissingBean(name = "breakerRestClientGroups")
        RestClientHttpServiceGroupConfigurer breakerRestClientGroups(HttpClientBreakers clients) {
            return groups -> groups.forEachClient((group, builder) ->
                    builder.requestInterceptors(interceptors -> clients.guardGroup(group.name(), interceptors)));
        }
    }

    /** Guards {@code WebClient}s. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({WebClient.class, Mono.class})
    static class WebClients {

        @Bean
        @ConditionalOnMissingBean
        WebClientBreakers breakerWebClients(HttpClientBreakers clients) {
            return new WebClientBreakers(clients);
        }

        // Static, and with a provider, so that no bean is made before all post-processors are there.
        @Bean
        @ConditionalOnMissingBean
        static WebClientBuilderPostProcessor breakerWebClientBuilders(ObjectProvider<WebClientBreakers> clients) {
            return new WebClientBuilderPostProcessor(clients::getObject);
        }
    }

    /** Guards the HTTP service groups of {@code WebClient}s. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({WebClientHttpServiceGroupConfigurer.class, Mono.class})
    static class WebClientGroups {

        @Bean
        @ConditionalOnMissingBean(name = "breakerWebClientGroups")
        WebClientHttpServiceGroupConfigurer breakerWebClientGroups(WebClientBreakers clients) {
            return groups -> groups.forEachClient(
                    (group, builder) -> builder.filters(filters -> clients.guardGroup(group.name(), filters)));
        }
    }
}
