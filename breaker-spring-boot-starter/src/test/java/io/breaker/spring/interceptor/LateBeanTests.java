package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerConfig;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.expression.ExpressionException;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.BreakerConfigurationException;
import io.breaker.spring.registry.Breakers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is known at the start of beans that are made later, and of breakers and methods that are out of the ordinary. */
@ExtendWith(OutputCaptureExtension.class)
class LateBeanTests {

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class));

    static class Shop {

        @CircuitBreaker(name = "shop")
        String open() {
            return "open";
        }
    }

    static class MistypedShop {

        @CircuitBreaker(name = "shop", tripper = "failurRate(0.5)")
        String open() {
            return "open";
        }
    }

    @CircuitBreaker(name = "dao")
    static class Dao extends Support {

        String find() {
            return "found";
        }
    }

    static class Support {

        public final void setTemplate(String template) {}
    }

    static class HalfAnswered {

        @CircuitBreaker(name = "shop", fallbackMethod = "closed")
        String open(String id) {
            return id;
        }

        String closed(String id, IllegalArgumentException failure) {
            return id + failure;
        }

        String closed(Integer id, IllegalStateException failure) {
            return id + "" + failure;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByHand {

        @Bean
        io.breaker.circuitbreaker.CircuitBreaker byHand(CircuitBreakerRegistry registry) {
            return registry.register("hand", CircuitBreakerConfig.ofDefaults());
        }
    }

    @Test
    void theBreakerOfALazyBeanIsThereFromTheStart() {
        application
                .withBean(Shop.class, Shop::new, definition -> definition.setLazyInit(true))
                .run(context -> {
                    assertThat(context.getBean(CircuitBreakerRegistry.class).find("shop"))
                            .isPresent();
                    assertThat(context.getSourceApplicationContext()
                                    .getBeanFactory()
                                    .containsSingleton("shop"))
                            .isFalse();
                });
    }

    @Test
    void theBreakerOfAPrototypeIsThereFromTheStart() {
        application
                .withBean(Shop.class, Shop::new, definition -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))
                .run(context -> assertThat(
                                context.getBean(CircuitBreakerRegistry.class).find("shop"))
                        .isPresent());
    }

    @Test
    void aMistakeInALazyBeanStopsTheStart() {
        application
                .withBean(MistypedShop.class, MistypedShop::new, definition -> definition.setLazyInit(true))
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("failurRate"));
    }

    @Test
    void aMistakeInAnAttributeStopsTheStartEvenIfAPropertyOverridesIt() {
        application
                .withBean(MistypedShop.class)
                .withPropertyValues("breaker.instances.shop.tripper=failureStreak(3)")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasRootCauseInstanceOf(ExpressionException.class)
                        .hasStackTraceContaining(BreakerConfigurationException.class.getName()));
    }

    @Test
    void whereNothingIsInterceptedBreakersAreThereAndMistakesAreFoundAllTheSame() {
        ApplicationContextRunner switchedOff = application.withPropertyValues("breaker.enabled=false");

        switchedOff.withBean(Shop.class).run(context -> {
            var breaker = context.getBean(CircuitBreakerRegistry.class).find("shop");
            assertThat(context.getBean(Shop.class).open()).isEqualTo("open");
            assertThat(breaker).isPresent();
            assertThat(breaker.orElseThrow().snapshot().totals().succeeded()).isZero();
        });
        switchedOff
                .withBean(MistypedShop.class)
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void anAnnotatedClassMayInheritFinalMethodsAndIsToldThatTheyAreNotGuarded(CapturedOutput output) {
        application.withBean(Dao.class).run(context -> {
            assertThat(context.getBean(Dao.class).find()).isEqualTo("found");
            assertThat(context.getBean(CircuitBreakerRegistry.class)
                            .find("dao")
                            .orElseThrow()
                            .snapshot()
                            .totals()
                            .succeeded())
                    .isEqualTo(1);
        });
        assertThat(output)
                .contains("Final methods cannot be intercepted and are not guarded by circuit breaker 'dao': "
                        + "setTemplate(String)");
    }

    @Test
    void anOverloadOfAFallbackThatTakesAnExceptionAndDoesNotFitStopsTheStart() {
        application
                .withBean(HalfAnswered.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("closed(Integer, IllegalStateException)"));
    }

    @Test
    void propertiesHaveTheLastWordOverABreakerThatWasRegisteredByHand() {
        application
                .withUserConfiguration(ByHand.class)
                .withPropertyValues("breaker.instances.hand.tripper=failureStreak(7)")
                .run(context -> {
                    assertThat(context.getBean(CircuitBreakerRegistry.class)
                                    .find("hand")
                                    .orElseThrow()
                                    .config()
                                    .tripper())
                            .hasToString("failureStreak(7)");
                    assertThat(context.getBean(Breakers.class)
                                    .describe("hand")
                                    .orElseThrow()
                                    .settings()
                                    .get("tripper")
                                    .origin())
                            .isEqualTo("breaker.instances.hand.tripper");
                });
    }
}
