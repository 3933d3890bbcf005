package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/** Annotated beans that no proxy wraps: the annotation does nothing there, and the application is told. */
@ExtendWith(OutputCaptureExtension.class)
class UnguardedBeanTests {

    private static final String WARNING = "is not guarded by a circuit breaker";

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration.class));

    @Test
    void warnsOnceOfABeanThatAnotherPostProcessorNeeded(CapturedOutput output) {
        runner.withUserConfiguration(NeededByPostProcessor.class).run(context -> {
            context.getBean(Service.class).call();
            context.getBean(Service.class).call();

            assertThat(output)
                    .contains("WARN")
                    .contains("Bean 'early' of class " + Service.class.getName() + " " + WARNING)
                    .contains("Annotated: Service.call()");
            assertThat(StringUtils.countOccurrencesOf(output.getAll(), WARNING)).isEqualTo(1);
            assertThat(context.getBean(CircuitBreakerRegistry.class).find("service"))
                    .isPresent();
        });
    }

    @Test
    void warnsOfABeanThatAFactoryPostProcessorNeeded(CapturedOutput output) {
        runner.withBean("early", Service.class)
                .withInitializer(context -> context.addBeanFactoryPostProcessor(beans -> beans.getBean("early")))
                .run(context -> assertThat(output).contains("Bean 'early' of class " + Service.class.getName()));
    }

    @Test
    void warnsOfAnObjectThatTheApplicationMadeAndRegistered(CapturedOutput output) {
        BeanFactoryPostProcessor registration = beans -> beans.registerSingleton("byHand", new Service());

        runner.withInitializer(context -> context.addBeanFactoryPostProcessor(registration))
                .run(context -> assertThat(output).contains("Bean 'byHand' of class " + Service.class.getName()));
    }

    @Test
    void warnsOfWhatAFactoryBeanHasMadeTooEarly(CapturedOutput output) {
        runner.withBean("early", ClientFactory.class)
                .withInitializer(context -> context.addBeanFactoryPostProcessor(beans -> beans.getBean("early")))
                .run(context -> assertThat(output)
                        .contains("Bean 'early' of class " + Client.class.getName())
                        .contains("Annotated: Client.call()"));
    }

    @Test
    void guardsWhatAFactoryBeanThatWasMadeTooEarlyMakesInTime(CapturedOutput output) {
        runner.withBean("early", ClientFactory.class)
                .withInitializer(context -> context.addBeanFactoryPostProcessor(beans -> beans.getBean("&early")))
                .run(context -> {
                    context.getBean(Client.class).call();

                    assertThat(output).doesNotContain(WARNING);
                    assertThat(context.getBean(CircuitBreakerRegistry.class)
                                    .find("client")
                                    .orElseThrow()
                                    .snapshot()
                                    .totals()
                                    .succeeded())
                            .isEqualTo(1);
                });
    }

    @Test
    void saysNothingOfBeansThatAreGuardedOrAreToBeMade(CapturedOutput output) {
        runner.withBean("guarded", Service.class)
                .withBean("lazy", Service.class, Service::new, definition -> definition.setLazyInit(true))
                .withBean("factory", ClientFactory.class)
                .withBean("plain", Object.class)
                .run(context -> assertThat(output).doesNotContain(WARNING));
    }

    @Test
    void saysNothingWhereBreakerIsNotEnabled(CapturedOutput output) {
        runner.withUserConfiguration(NeededByPostProcessor.class)
                .withPropertyValues("breaker.enabled=false")
                .run(context -> assertThat(output).doesNotContain(WARNING));
    }

    @Test
    void theBreakerOfAnInterfaceIsThereBeforeItsFactoryBeanMakesAnything() {
        runner.withBean("factory", ClientFactory.class).run(context -> {
            assertThat(context.getBean(CircuitBreakerRegistry.class).find("client"))
                    .isPresent();
            assertThat(context.getBean(ClientFactory.class).made).isZero();
        });
    }

    static class Service {

        @CircuitBreaker("service")
        public void call() {}
    }

    interface Client {

        @CircuitBreaker("client")
        void call();
    }

    static class ClientFactory implements FactoryBean<Client> {

        int made;

        @Override
        public Client getObject() {
            made++;
            MethodInterceptor client = invocation -> null;
            return ProxyFactory.getProxy(Client.class, client);
        }

        @Override
        public Class<?> getObjectType() {
            return Client.class;
        }
    }

    record Needy(Service service) implements BeanPostProcessor, Ordered {

        @Override
        public int getOrder() {
            return 0;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NeededByPostProcessor {

        @Bean
        Service early() {
            return new Service();
        }

        @Bean
        static Needy needy(Service early) {
            return new Needy(early);
        }
    }
}
