package io.breaker.spring.benchmark.calls;

import io.breaker.benchmark.calls.Crew;
import org.aopalliance.intercept.MethodInterceptor;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The floor: an interceptor that does nothing. */
@State(Scope.Benchmark)
public class InterceptedShop {

    private static final MethodInterceptor NO_OP = invocation -> invocation.proceed();

    Shop shop;
    private App app;

    /** Starts the application. */
    @Setup
    public void start() {
        App.checkOursAbsent();
        App.checkTheirsAbsent();
        app = App.start(Interception.class);
        shop = app.intercepted(Shop.class);
    }

    /**
     * Stops the application, and fails the run unless calls were made.
     *
     * @param crew knows what was called
     */
    @TearDown
    public void check(Crew crew) {
        crew.checkAllLetThrough(0);
        app.close();
    }

    /** Puts the interceptor around the bean. */
    @Configuration(proxyBeanMethods = false)
    static class Interception {

        @Bean
        Shop shop() {
            ProxyFactory factory = new ProxyFactory(new Shop());
            factory.setProxyTargetClass(true);
            factory.addAdvice(NO_OP);
            return (Shop) factory.getProxy();
        }
    }
}
