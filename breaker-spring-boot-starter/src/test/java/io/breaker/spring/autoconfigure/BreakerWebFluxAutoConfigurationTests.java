package io.breaker.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.web.RejectionHandler;
import java.lang.reflect.Proxy;
import net.bytebuddy.ByteBuddy;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.core.Ordered;
import org.springframework.web.server.WebExceptionHandler;

class BreakerWebFluxAutoConfigurationTests {

    private static final AutoConfigurations TESTED =
            AutoConfigurations.of(BreakerAutoConfiguration.class, BreakerWebFluxAutoConfiguration.class);

    private final ReactiveWebApplicationContextRunner reactive =
            new ReactiveWebApplicationContextRunner().withConfiguration(TESTED);

    @Test
    void answersRejectionsBesideTheHandlerOfSpringBoot() {
        reactive.run(context -> assertThat(context.getBean("breakerRejectionHandler", RejectionHandler.class)
                        .getOrder())
                .isEqualTo(-1));
    }

    @Test
    void canBeTurnedOff() {
        reactive.withPropertyValues("breaker.web.problem-details=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RejectionHandler.class));
    }

    @Test
    void backsOffWhereTheApplicationHasItsOwn() {
        reactive.withBean("ownHandler", RejectionHandler.class, RejectionHandler::last)
                .run(context -> assertThat(context)
                        .hasSingleBean(RejectionHandler.class)
                        .hasBean("ownHandler"));
    }

    @Test
    void comesLastWhereTheApplicationHasReplacedTheHandlerOfSpringBoot() {
        Class<?> type = new ByteBuddy()
                .makeInterface(WebExceptionHandler.class)
                .name("org.springframework.boot.webflux.error.ErrorWebExceptionHandler")
                .make()
                .load(getClass().getClassLoader())
                .getLoaded();
        Object replacement = Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
        withBean(type, replacement)
                .withClassLoader(type.getClassLoader())
                .run(context -> assertThat(context)
                        .hasSingleBean(RejectionHandler.class)
                        .getBean("breakerLastRejectionHandler", RejectionHandler.class)
                        .returns(Ordered.LOWEST_PRECEDENCE, RejectionHandler::getOrder));
    }

    private <T> ReactiveWebApplicationContextRunner withBean(Class<T> type, Object bean) {
        return reactive.withBean("replacement", type, () -> type.cast(bean));
    }

    @Test
    void doesNothingOutsideOfAReactiveServer() {
        new ApplicationContextRunner()
                .withConfiguration(TESTED)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RejectionHandler.class));
        new WebApplicationContextRunner()
                .withConfiguration(TESTED)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(RejectionHandler.class));
    }
}
