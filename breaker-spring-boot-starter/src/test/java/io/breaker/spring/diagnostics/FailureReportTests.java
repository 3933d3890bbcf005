package io.breaker.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the user sees on the console. */
@ExtendWith(OutputCaptureExtension.class)
class FailureReportTests {

    @Test
    void reportsAWrongAnnotation(CapturedOutput output) {
        start(WithTypo.class);

        assertThat(output).contains("""
                ***************************
                APPLICATION FAILED TO START
                ***************************

                Description:

                Attribute 'tripper' of @CircuitBreaker on io.breaker.spring.diagnostics.FailureReportTests$Guarded.pay() \
                is not valid:

                    unknown name 'failureStrek'
                    failureStrek(3)
                    ^

                Action:

                Did you mean 'failureStreak'? Known names:""");
    }

    @Test
    void reportsAWrongPropertyAlsoWhereBeansAreLazy(CapturedOutput output) {
        start(Empty.class, "--breaker.defaults.tripper=failureStrek(3)", "--spring.main.lazy-initialization=true");

        assertThat(output).contains("""
                Property 'breaker.defaults.tripper' ("breaker.defaults.tripper" from property source \
                "commandLineArgs") is not valid:

                    unknown name 'failureStrek'
                    failureStrek(3)
                    ^
                """);
    }

    @Test
    void reportsAnUnknownPropertyOfAnInstance(CapturedOutput output) {
        start(Empty.class, "--breaker.instances.payments.triper=failureStreak(3)");

        assertThat(output).contains("""
                Property 'breaker.instances.payments.triper' ("breaker.instances.payments.triper" from property source \
                "commandLineArgs") is not valid:

                    there is no such property

                Action:

                Did you mean 'tripper'? Known keys: base-config, bulkhead, cooldown, enabled, initial-state, \
                max-retry-after, measure-latency, permit, probe-timeout, result-tracker, retry, success-threshold, \
                timeout, timeout-interrupt, tracker, tripper, untracked, window.
                """);
    }

    @Test
    void reportsAnUnknownProperty(CapturedOutput output) {
        start(Empty.class, "--breaker.default.tripper=failureStreak(3)");

        assertThat(output).contains("Did you mean 'defaults'? Known keys: configs, defaults, enabled,");
    }

    @Test
    void reportsANameWithADotThatIsNotInBrackets(CapturedOutput output) {
        start(Empty.class, "--breaker.instances.order.place.tripper=failureStreak(3)");

        assertThat(output)
                .contains("Property 'breaker.instances.order.place.tripper'")
                .contains("A name with a dot stands in brackets, such as breaker.instances[order.place].");
    }

    @Test
    void reportsAValueOfAnotherType(CapturedOutput output) {
        start(Empty.class, "--breaker.instances.payments.untracked=succes");

        assertThat(output).contains("""
                Property 'breaker.instances.payments.untracked' ("breaker.instances.payments.untracked" from property \
                source "commandLineArgs") is not valid:

                    there is no such value: 'succes'

                Action:

                Did you mean 'success'? Known values: ignore, success.
                """);
    }

    private static void start(Class<?> application, String... arguments) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(application)
                        .web(WebApplicationType.NONE)
                        .run(arguments)
                        .close())
                .isInstanceOf(Exception.class);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(BreakerAutoConfiguration.class)
    static class Empty {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(BreakerAutoConfiguration.class)
    static class WithTypo {

        @Bean
        Guarded guarded() {
            return new Guarded();
        }
    }

    static class Guarded {

        @CircuitBreaker(name = "payments", tripper = "failureStrek(3)")
        public void pay() {}
    }
}
