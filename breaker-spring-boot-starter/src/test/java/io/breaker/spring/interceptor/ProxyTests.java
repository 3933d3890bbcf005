package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.CircuitState;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import java.lang.reflect.InvocationHandler;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

/** How the proxies come to be. */
@ExtendWith(OutputCaptureExtension.class)
class ProxyTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, BreakerAutoConfiguration.class));

    @Test
    void joinsTheChainOfAProxyWithoutATarget() {
        MethodInterceptor client = invocation -> invocation.getMethod().isDefault()
                ? InvocationHandler.invokeDefault(
                        ((ProxyMethodInvocation) invocation).getProxy(), invocation.getMethod())
                : "called";
        Client proxy = ProxyFactory.getProxy(Client.class, client);

        runner.withBean(Client.class, () -> proxy).run(context -> {
            assertThat(context.getBean(Client.class)).isSameAs(proxy);
            assertThat(proxy.call()).isEqualTo("called");
            assertThat(successes(context, "client")).isEqualTo(1);

            context.getBean(CircuitBreakerRegistry.class)
                    .find("client")
                    .orElseThrow()
                    .forceOpen();
            assertThat(proxy.call()).isEqualTo("by default");
        });
    }

    @Test
    void putsASecondProxyAroundAFrozenOne() {
        ProxyFactory factory = new ProxyFactory(new Service());
        factory.setProxyTargetClass(true);
        factory.setFrozen(true);
        Service frozen = (Service) factory.getProxy();

        runner.withBean(Service.class, () -> frozen).run(context -> {
            assertThat(context.getBean(Service.class)).isNotSameAs(frozen);
            assertThat(context.getBean(Service.class).name()).isEqualTo("service");
            assertThat(successes(context, "service")).isEqualTo(1);
        });
    }

    @Test
    void guardsWhatAFactoryBeanMakes() {
        runner.withBean(ServiceFactory.class).run(context -> {
            context.getBean(Service.class).name();
            assertThat(successes(context, "service")).isEqualTo(1);
        });
    }

    @Test
    void guardsAScopedBeanOnce() {
        runner.withUserConfiguration(ScopedService.class).run(context -> {
            context.getBean(Service.class).name();
            assertThat(successes(context, "service")).isEqualTo(1);
        });
    }

    @Test
    void prototypesShareOneProxyClass() {
        runner.withBean(Service.class, Service::new, definition -> definition.setScope(BeanDefinition.SCOPE_PROTOTYPE))
                .run(context -> {
                    Service one = context.getBean(Service.class);
                    Service other = context.getBean(Service.class);
                    one.name();
                    other.name();

                    assertThat(one).isNotSameAs(other);
                    assertThat(one.getClass()).isSameAs(other.getClass());
                    assertThat(successes(context, "service")).isEqualTo(2);
                });
    }

    @Test
    void beansOfTwoApplicationsShareOneProxyClass() {
        runner.withBean(Service.class)
                .run(one -> runner.withBean(Service.class)
                        .run(other -> assertThat(one.getBean(Service.class).getClass())
                                .isSameAs(other.getBean(Service.class).getClass())));
    }

    @Test
    void guardsBeansThatNeedEachOther() {
        runner.withBean(Chicken.class)
                .withBean(Egg.class)
                .withAllowCircularReferences(true)
                .run(context -> {
                    context.getBean(Egg.class).chicken.cluck();
                    assertThat(successes(context, "chicken")).isEqualTo(1);
                    assertThat(context.getBean(Chicken.class)).isSameAs(context.getBean(Egg.class).chicken);
                });
    }

    @Test
    void leavesOtherBeansAlone() {
        runner.withBean(Egg.class)
                .withBean(Chicken.class)
                .withAllowCircularReferences(true)
                .run(context -> assertThat(AopUtils.isAopProxy(context.getBean(Egg.class)))
                        .isFalse());
    }

    @Test
    void tellsWhatClassIsBehindAnInterfaceProxy() {
        runner.withBean("service", Service.class)
                .withPropertyValues("spring.aop.proxy-target-class=false")
                .run(context -> {
                    assertThat(AopUtils.isJdkDynamicProxy(context.getBean("service")))
                            .isTrue();
                    assertThat(AutoProxyUtils.determineTargetClass(
                                    context.getSourceApplicationContext().getBeanFactory(), "service"))
                            .isEqualTo(Service.class);
                });
    }

    @Test
    void knowsTheProxyClassAheadOfTime() {
        runner.run(context -> {
            CircuitBreakerBeanPostProcessor processor = context.getBean(CircuitBreakerBeanPostProcessor.class);

            Class<?> proxyClass = processor.determineBeanType(Service.class, "service");
            assertThat(proxyClass).isNotEqualTo(Service.class);
            assertThat(Advised.class).isAssignableFrom(proxyClass);
            assertThat(processor.determineBeanType(proxyClass, "service")).isEqualTo(proxyClass);
            assertThat(processor.determineBeanType(Egg.class, "egg")).isEqualTo(Egg.class);
            assertThat(context.getBean(CircuitBreakerRegistry.class).all()).isEmpty();
        });
    }

    @Test
    void interceptsNothingWhenBreakerIsNotEnabled() {
        runner.withBean(Service.class)
                .withPropertyValues("breaker.enabled=false")
                .run(context -> {
                    assertThat(AopUtils.isAopProxy(context.getBean(Service.class)))
                            .isFalse();
                    assertThat(context).hasBean("breakerRegistry").hasBean("breakerCatalog");
                });
    }

    @Test
    void passesThroughAndCountsNothingWhenAnInstanceIsNotEnabled() {
        runner.withBean(Service.class)
                .withPropertyValues("breaker.instances.service.enabled=false")
                .run(context -> {
                    context.getBean(Service.class).name();
                    assertThat(successes(context, "service")).isZero();
                    assertThat(context.getBean(CircuitBreakerRegistry.class)
                                    .find("service")
                                    .orElseThrow()
                                    .state())
                            .isEqualTo(CircuitState.DISABLED);
                });
    }

    @Test
    void makesNoBeanTooEarly(CapturedOutput output) {
        runner.withBean(Service.class).run(context -> {
            context.getBean(Service.class).name();
            assertThat(output).doesNotContain("not eligible for getting processed by all BeanPostProcessors");
        });
    }

    private static long successes(AssertableApplicationContext context, String name) {
        return context.getBean(CircuitBreakerRegistry.class)
                .find(name)
                .orElseThrow()
                .snapshot()
                .totals()
                .succeeded();
    }

    interface Client {

        @CircuitBreaker(name = "client", fallbackMethod = "otherwise")
        String call();

        default String otherwise() {
            return "by default";
        }
    }

    interface Named {

        String name();
    }

    static class Service implements Named {

        @Override
        @CircuitBreaker("service")
        public String name() {
            return "service";
        }
    }

    static class ServiceFactory implements FactoryBean<Service> {

        @Override
        public Service getObject() {
            return new Service();
        }

        @Override
        public Class<?> getObjectType() {
            return Service.class;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ScopedService {

        @Bean
        @Scope(scopeName = BeanDefinition.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
        Service service() {
            return new Service();
        }
    }

    static class Chicken {

        @Autowired
        Egg egg;

        @CircuitBreaker("chicken")
        public void cluck() {}
    }

    static class Egg {

        @Autowired
        Chicken chicken;
    }
}
