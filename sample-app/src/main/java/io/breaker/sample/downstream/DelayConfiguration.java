package io.breaker.sample.downstream;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives the slow services real time. */
@Configuration(proxyBeanMethods = false)
class DelayConfiguration {

    @Bean
    Delay downstreamDelay() {
        return duration -> {
            try {
                Thread.sleep(duration.toMillis());
            } catch (InterruptedException interruption) {
                // The server stops; whoever waits for this answer does not have to wait any longer.
                Thread.currentThread().interrupt();
            }
        };
    }
}
