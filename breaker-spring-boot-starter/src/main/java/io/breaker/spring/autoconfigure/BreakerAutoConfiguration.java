package io.breaker.spring.autoconfigure;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.http.HttpRetryAfter;
import io.breaker.spring.http.HttpStatusTracker;
import io.breaker.spring.interceptor.CircuitBreakerBeanPostProcessor;
import io.breaker.spring.registry.BreakerProperties;
import io.breaker.spring.registry.Breakers;
import io.breaker.spring.registry.CircuitBreakerConfigCustomizer;
import io.breaker.spring.registry.PipelineRegistry;
import io.breaker.spring.registry.PolicyFactory;
import io.breaker.spring.registry.PropertyLayers;
import io.breaker.spring.registry.PropertyOrigins;
import io.breaker.spring.registry.StartupReport;
import io.breaker.spring.registry.TrackerExtension;
import io.breaker.spring.registry.UnusedInstances;
import io.breaker.spring.registry.Vocabularies;
import io.breaker.time.Scheduler;
import io.breaker.time.Ticker;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.web.ErrorResponse;

/** Sets up the circuit breakers of an application, and guards the annotated methods. */
@AutoConfiguration
@EnableConfigurationProperties(BreakerProperties.class)
public final class BreakerAutoConfiguration {

    BreakerAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    CircuitBreakerRegistry breakerRegistry(ObjectProvider<Ticker> ticker) {
        return CircuitBreakerRegistry.of(ticker.getIfUnique(Ticker::system));
    }

    @Bean
    @ConditionalOnMissingBean
    Vocabularies breakerVocabularies(
            ConfigurableListableBeanFactory beans, ObjectProvider<TrackerExtension> extensions) {
        return new Vocabularies(beans, extensions.orderedStream().toList());
    }

    // Made at the start also where beans are lazy: a wrong property has to be found then.
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    Breakers breakerCatalog(
            CircuitBreakerRegistry registry,
            BreakerProperties properties,
            ApplicationContext context,
            Vocabularies vocabularies,
            ObjectProvider<CircuitBreakerConfigCustomizer> customizers,
            PolicyFactory policies) {
        return Breakers.of(
                registry,
                PropertyLayers.of(properties, context),
                vocabularies,
                customizers.orderedStream().toList(),
                policies);
    }

    // Lazy, as is its thread: an application whose breakers stand alone has neither.
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Scheduler breakerScheduler() {
        return Scheduler.daemon();
    }

    @Bean
    @ConditionalOnMissingBean
    PolicyFactory breakerPolicies(
            ObjectProvider<Ticker> ticker, ObjectProvider<Scheduler> scheduler, BeanFactory beans) {
        return new PolicyFactory(
                ticker.getIfUnique(Ticker::system),
                () -> scheduler.getIfUnique(Scheduler::shared),
                new RetryExecutor(beans));
    }

    @Bean
    @ConditionalOnMissingBean
    PipelineRegistry breakerPipelines(Breakers breakers) {
        return new PipelineRegistry(breakers);
    }

    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    StartupReport breakerStartupReport(CircuitBreakerRegistry registry, Breakers breakers) {
        return new StartupReport(registry, breakers);
    }

    // Static, and with a provider and the environment, so that no bean is made before all post-processors are there.
    @Bean
    @ConditionalOnMissingBean
    static CircuitBreakerBeanPostProcessor breakerPostProcessor(
            ConfigurableListableBeanFactory beans, ObjectProvider<Breakers> breakers, Environment environment) {
        boolean intercepting = environment.getProperty("breaker.enabled", Boolean.class, true);
        return new CircuitBreakerBeanPostProcessor(beans, breakers::getObject, intercepting);
    }

    // After the post-processor: that looks at the beans that are made later, too, once all others are made.
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    UnusedInstances breakerUnusedInstances(
            CircuitBreakerRegistry registry,
            Breakers breakers,
            BreakerProperties properties,
            ApplicationContext context) {
        return new UnusedInstances(registry, breakers, properties, PropertyOrigins.of(context));
    }

    /** Adds what trackers can say about HTTP. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ErrorResponse.class)
    static class HttpTrackers {

        @Bean
        @ConditionalOnMissingBean(name = "breakerHttpTrackers")
        TrackerExtension breakerHttpTrackers() {
            return new TrackerExtension(
                    HttpStatusTracker.vocabulary(), HttpStatusTracker.allButClientErrors(), HttpRetryAfter::askedBy);
        }
    }
}
