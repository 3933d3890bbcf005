package io.breaker.spring.autoconfigure;

import java.util.StringJoiner;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Says once what has another id than usual, and why: whoever looks for it finds that of the other library. */
final class SecondIds implements SmartInitializingSingleton {

    private static final Log LOGGER = LogFactory.getLog(SecondIds.class);

    private final BeanFactory beans;

    SecondIds(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void afterSingletonsInstantiated() {
        StringJoiner renamed = new StringJoiner(" and ");
        if (beans.containsBean("breakerEndpoint")) {
            renamed.add("endpoint");
        }
        if (beans.containsBean("breakerHealthRegistration")) {
            renamed.add("health component");
        }
        if (renamed.length() > 0) {
            LOGGER.info("Resilience4j's starter is on the class path too, so Breaker's " + renamed
                    + " has the id 'breakers' in place of 'circuitbreakers'");
        }
    }
}
