package io.breaker.spring.autoconfigure;

import io.breaker.spring.web.RejectionResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Answers rejected calls in Spring MVC. */
@AutoConfiguration(after = BreakerAutoConfiguration.class)
@ConditionalOnClass(HandlerExceptionResolver.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "breaker.web.problem-details", matchIfMissing = true)
public final class BreakerWebAutoConfiguration {

    BreakerWebAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    RejectionResolver breakerRejectionResolver() {
        return new RejectionResolver();
    }
}
