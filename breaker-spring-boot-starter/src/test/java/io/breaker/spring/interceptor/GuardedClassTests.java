package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** An annotation on a class. */
class GuardedClassTests {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class));

    @Test
    void guardsEveryMethodOfAnAnnotatedClassButThoseOfObject() {
        runner.withBean(WholeClass.class).run(context -> {
            WholeClass bean = context.getBean(WholeClass.class);
            bean.one();
            bean.two();
            assertThat(bean).hasToString("whole").isNotEqualTo(null).isEqualTo(bean);

            assertThat(successes(context, "whole")).isEqualTo(1);
            assertThat(successes(context, "two")).isEqualTo(1);
        });
    }

    @Test
    void guardsTheMethodsOfASubclassOfAnAnnotatedClass() {
        runner.withBean(PartOfWhole.class).run(context -> {
            PartOfWhole bean = context.getBean(PartOfWhole.class);
            bean.one();
            bean.two();
            bean.three();

            assertThat(successes(context, "whole")).isEqualTo(2);
            assertThat(successes(context, "two")).isEqualTo(1);
        });
    }

    @Test
    void doesNotGuardTheFallbackOfAnAnnotatedClass() {
        runner.withBean(WholeClassWithFallback.class)
                .withPropertyValues("shop.fallback=fallback")
                .run(context -> {
                    context.getBean(WholeClassWithFallback.class).fallback();
                    assertThat(successes(context, "whole")).isZero();
                    assertThat(context.getBean(Breakers.class)
                                    .describe("whole")
                                    .orElseThrow()
                                    .methods())
                            .containsExactly("WholeClassWithFallback.one()");
                });
    }

    @Test
    void guardsTheMethodsOfAnAnnotatedInterfaceWithoutAClass() {
        MethodInterceptor client = invocation -> "called";
        runner.withBean(Client.class, () -> ProxyFactory.getProxy(Client.class, client))
                .run(context -> {
                    context.getBean(Client.class).call();
                    assertThat(successes(context, "client")).isEqualTo(1);
                    assertThat(context.getBean(Breakers.class)
                                    .describe("client")
                                    .orElseThrow()
                                    .methods())
                            .containsExactly("Client.call()");
                });
    }

    private static long successes(AssertableApplicationContext context, String name) {
        CallTotals totals = context.getBean(CircuitBreakerRegistry.class)
                .find(name)
                .orElseThrow()
                .snapshot()
                .totals();
        return totals.succeeded();
    }

    @CircuitBreaker("client")
    interface Client {

        String call();
    }

    @CircuitBreaker("whole")
    static class WholeClass {

        public void one() {
            helper();
        }

        @CircuitBreaker("two")
        public void two() {}

        private void helper() {}

        static void statics() {}

        @Override
        public String toString() {
            return "whole";
        }
    }

    static class PartOfWhole extends WholeClass {

        public void three() {}
    }

    @CircuitBreaker(name = "whole", fallbackMethod = "${shop.fallback}")
    static class WholeClassWithFallback {

        public String one() {
            return "one";
        }

        public String fallback() {
            return "fallback";
        }
    }
}
