package io.breaker.sample;

import io.breaker.sample.downstream.ManualDelay;
import io.breaker.testing.ManualTime;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** Starts the shop on a free port, without customers, and with a clock that only the test moves. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.load.enabled=false")
@AutoConfigureMetrics
@AutoConfigureRestTestClient
@Import({ShopTest.Time.class, ShopDriver.class})
@interface ShopTest {

    class Time {

        @Bean
        ManualTime manualTime() {
            return new ManualTime();
        }

        @Bean
        @Primary
        ManualDelay manualDelay(ManualTime time) {
            return new ManualDelay(time);
        }
    }
}
