package io.breaker.spring.aot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.aot.ProcessedShop.Orders;
import io.breaker.spring.aot.ProcessedShop.Payments;
import io.breaker.spring.aot.ProcessedShop.Rescue;
import io.breaker.spring.aot.ProcessedShop.StoredOrders;
import io.breaker.spring.registry.BreakerConfigurationException;
import io.breaker.spring.registry.BreakerProperties;
import io.breaker.spring.registry.HttpProperties;
import java.io.FileNotFoundException;
import java.net.SocketException;
import java.nio.charset.MalformedInputException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.SpringProxy;
import org.springframework.aop.framework.Advised;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.DecoratingProxy;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;

class AheadOfTimeTests {

    private static final String[] PROPERTIES = {
        "breaker.instances.payments.tracker=typeOf(java.lang.IllegalStateException, java.net.SocketException)",
        "breaker.instances.payments.retry.max-attempts=1",
        "breaker.configs.patient.retry.on=causedBy(java.util.concurrent.${which:Timeout}Exception)",
        "breaker.configs.patient.timeout=2s"
    };

    @Test
    void guardedMethodsCanBeCalled() throws NoSuchMethodException {
        RuntimeHints hints = ProcessedApplication.of(ProcessedShop.class).hints();

        assertThat(Stream.of(
                        Payments.class.getDeclaredMethod("receipt", String.class),
                        Payments.class.getDeclaredMethod("refund", String.class),
                        // The annotation stands on its class, and the proxy knows the interface alone.
                        StoredOrders.class.getDeclaredMethod("find", String.class)))
                .allMatch(method -> RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(method)
                        .test(hints));
    }

    @Test
    void fallbacksCanBeCalledWhereverTheyStand() throws NoSuchMethodException {
        RuntimeHints hints = ProcessedApplication.of(ProcessedShop.class).hints();

        assertThat(Stream.of(
                        Payments.class.getDeclaredMethod("lastKnown", String.class, IllegalStateException.class),
                        Rescue.class.getDeclaredMethod("refund", String.class, FileNotFoundException.class),
                        StoredOrders.class.getDeclaredMethod("unknown"),
                        Payments.class
                                .getSuperclass()
                                .getDeclaredMethod(
                                        "inherited", io.breaker.circuitbreaker.CallNotPermittedException.class)))
                .allMatch(method -> RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(method)
                        .test(hints));
    }

    @Test
    void exceptionsOfExpressionsCanBeFoundByName() {
        RuntimeHints hints =
                ProcessedApplication.of(ProcessedShop.class, PROPERTIES).hints();

        assertThat(Stream.of(
                        FileNotFoundException.class,
                        MalformedInputException.class,
                        SocketException.class,
                        TimeoutException.class))
                .allMatch(
                        type -> RuntimeHintsPredicates.reflection().onType(type).test(hints));
    }

    @Test
    void proxiesAreThere() {
        RuntimeHints hints = ProcessedApplication.of(ProcessedShop.class).hints();

        assertThat(RuntimeHintsPredicates.proxies()
                        .forInterfaces(Orders.class, SpringProxy.class, Advised.class, DecoratingProxy.class))
                .accepts(hints);
        assertThat(hints.reflection().typeHints().map(hint -> hint.getType().getName()))
                .contains(Payments.class.getName() + "$$SpringCGLIB$$0");
    }

    /** Those of other files too, which Spring Boot does not look into. */
    @Test
    void everyRecordOfThePropertiesCanBeMade() {
        RuntimeHints hints = ProcessedApplication.of(ProcessedShop.class).hints();

        assertThat(Stream.of(BreakerProperties.class, HttpProperties.class)
                        .flatMap(type -> Stream.concat(Stream.of(type), Stream.of(type.getDeclaredClasses())))
                        .filter(Class::isRecord))
                .contains(BreakerProperties.Settings.class, HttpProperties.Client.class)
                .allMatch(type -> Stream.of(type.getDeclaredConstructors())
                        .anyMatch(constructor -> RuntimeHintsPredicates.reflection()
                                .onConstructorInvocation(constructor)
                                .test(hints)));
    }

    @CompileWithForkedClassLoader
    @Test
    void startsFromWhatWasGenerated() {
        ProcessedApplication.of(ProcessedShop.class, PROPERTIES).run(context -> {
            Payments payments = context.getBean(Payments.class);

            assertThat(payments.receipt("7")).isEqualTo("last known 7");
            assertThat(context.getBean(Orders.class).find("7")).isEqualTo("unknown");
            assertThat(context.getBean(CircuitBreakerRegistry.class)
                            .find("payments")
                            .orElseThrow()
                            .config()
                            .tracker()
                            .text())
                    .isEqualTo("typeOf(java.lang.IllegalStateException, java.net.SocketException)");
        });
    }

    @CompileWithForkedClassLoader
    @Test
    void anotherBeanAnswersInWhatWasGenerated() {
        ProcessedApplication.of(ProcessedShop.class).run(context -> {
            Payments payments = context.getBean(Payments.class);

            assertThat(rescued(payments)).isEqualTo("rescued 7");
            assertThat(context.getBean(CircuitBreakerRegistry.class)
                            .find("refunds")
                            .orElseThrow()
                            .snapshot()
                            .totals()
                            .failed())
                    .isEqualTo(1);
        });
    }

    private static String rescued(Payments payments) {
        try {
            return payments.refund("7");
        } catch (java.io.IOException unanswered) {
            throw new AssertionError(unanswered);
        }
    }

    @Test
    void aMistakeThatCanBeSeenStopsTheBuild() {
        assertThatExceptionOfType(BreakerConfigurationException.class)
                .isThrownBy(() -> ProcessedApplication.of(PrivateMethod.class))
                .withMessageContaining("a private or static method cannot be intercepted");
    }

    @Test
    void aPlaceholderNeedsAValueAtBuildTimeToo() {
        assertThatExceptionOfType(BreakerConfigurationException.class)
                .isThrownBy(() -> ProcessedApplication.of(Placeholder.class))
                .withMessageContaining("Could not resolve placeholder 'payments.tracker'");
        assertThat(RuntimeHintsPredicates.reflection().onType(SocketException.class))
                .accepts(ProcessedApplication.of(Placeholder.class, "payments.tracker=typeOf(java.net.SocketException)")
                        .hints());
    }

    @ParameterizedTest
    @ValueSource(strings = {"typeOf(no.such.Class)", "failureRate(0.5)", "typeOf(", "typeOf()"})
    void textThatNamesNoClassAddsNothing(String text) {
        RuntimeHints hints = new RuntimeHints();

        new GuardHints(hints.reflection(), getClass().getClassLoader()).register(text);

        assertThat(hints.reflection().typeHints()).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    @Import(PropertyPlaceholderAutoConfiguration.class)
    static class Placeholder {

        @Bean
        Guarded guarded() {
            return new Guarded();
        }

        static class Guarded {

            @CircuitBreaker(name = "guarded", tracker = "${payments.tracker}")
            void call() {}
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class PrivateMethod {

        @Bean
        Hidden hidden() {
            return new Hidden();
        }

        static class Hidden {

            @CircuitBreaker(name = "hidden")
            private void call() {}
        }
    }
}
