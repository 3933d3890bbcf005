package io.breaker.spring.benchmark.start;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.autoproxy.BeanNameAutoProxyCreator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts an interceptor that does nothing around each gateway: what Spring's proxies cost by themselves. */
@Configuration(proxyBeanMethods = false)
public class NoOpInterceptors {

    @Bean
    static BeanNameAutoProxyCreator proxies() {
        BeanNameAutoProxyCreator proxies = new BeanNameAutoProxyCreator();
        proxies.setBeanNames("gateway*");
        proxies.setInterceptorNames("noOp");
        proxies.setProxyTargetClass(true);
        return proxies;
    }

    @Bean
    static MethodInterceptor noOp() {
        return invocation -> invocation.proceed();
    }
}
