package io.breaker.sample;

import io.breaker.sample.downstream.ManualDelay;
import io.breaker.testing.ManualTime;
import io.breaker.time.Scheduler;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;
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

        /** The test's own thread waits for the answer, so the wait of a retry has to move the clock by itself. */
        @Bean
        @Primary
        Scheduler steppingScheduler(ManualTime time) {
            return new Scheduler() {
                @Override
                public Task schedule(Runnable task, Duration delay) {
                    return time.schedule(task, delay);
                }

                @Override
                public void pause(Duration delay) {
                    time.advance(delay);
                }
            };
        }

        @Bean
        @Primary
        ManualDelay manualDelay(ManualTime time) {
            return new ManualDelay(time);
        }
    }
}
