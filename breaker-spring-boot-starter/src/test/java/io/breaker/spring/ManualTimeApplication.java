package io.breaker.spring;

import io.breaker.testing.ManualTime;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/**
 * An application for tests over HTTP: time moves only when told to, and everybody may do everything. Who wants a name
 * logs in as {@code alice}, whose role is OPS, or as {@code bob}, whose role is GUEST; the password is {@code secret}.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ManualTimeApplication {

    @Bean
    ManualTime time() {
        return new ManualTime();
    }

    @Bean
    SecurityFilterChain openDoors(HttpSecurity http) {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(AbstractHttpConfigurer::disable)
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("alice").password("{noop}secret").roles("OPS").build(),
                User.withUsername("bob").password("{noop}secret").roles("GUEST").build());
    }
}
