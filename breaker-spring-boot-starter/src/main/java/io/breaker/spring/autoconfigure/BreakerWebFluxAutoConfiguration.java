package io.breaker.spring.autoconfigure;

import io.breaker.spring.web.RejectionHandler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.DispatcherHandler;

/** Answers rejected calls in Spring WebFlux. */
// Of two handlers with one order the bean that was defined first is asked first: ours comes before Spring Boot's, and
// after those of the application.
@AutoConfiguration(
        after = BreakerAutoConfiguration.class,
        beforeName = "org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration")
@ConditionalOnClass(DispatcherHandler.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnBooleanProperty(name = "breaker.web.problem-details", matchIfMissing = true)
public final class BreakerWebFluxAutoConfiguration {

    private static final String ERROR_HANDLER = "org.springframework.boot.webflux.error.ErrorWebExceptionHandler";

    BreakerWebFluxAutoConfiguration() {}

    /** Stands aside where the application has replaced Spring Boot's handler: it then answers what it likes first. */
    @Bean
    @ConditionalOnBean(type = ERROR_HANDLER)
    @ConditionalOnMissingBean
    RejectionHandler breakerLastRejectionHandler() {
        return RejectionHandler.last();
    }

    @Bean
    @ConditionalOnMissingBean
    RejectionHandler breakerRejectionHandler() {
        return RejectionHandler.besideSpringBoot();
    }
}
