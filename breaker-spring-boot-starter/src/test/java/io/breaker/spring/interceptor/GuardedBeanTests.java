package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.annotation.AliasFor;

/** Where an annotation may stand, and which kinds of proxies it works with. */
class GuardedBeanTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, BreakerAutoConfiguration.class));

    private final ApplicationContextRunner interfaceProxies =
            runner.withPropertyValues("spring.aop.proxy-target-class=false");

    @Test
    void guardsMethodsOfAClassThatAreNotPrivate() {
        runner.withBean(Visibilities.class).run(context -> {
            Visibilities bean = context.getBean(Visibilities.class);
            assertThat(AopUtils.isCglibProxy(bean)).isTrue();

            bean.all();
            bean.ofPackage();
            bean.inherited();
            bean.unguarded();

            assertThat(successes(context, "public")).isEqualTo(1);
            assertThat(successes(context, "package")).isEqualTo(1);
            assertThat(successes(context, "protected")).isEqualTo(1);
            assertThat(context.getBean(CircuitBreakerRegistry.class).all()).hasSize(3);
        });
    }

    @Test
    void guardsAnAnnotatedClassBehindAnInterfaceProxy() {
        interfaceProxies.withBean(AnnotatedClass.class).run(context -> {
            Greeter bean = context.getBean(Greeter.class);
            assertThat(AopUtils.isJdkDynamicProxy(bean)).isTrue();

            bean.greet("you");

            assertThat(successes(context, "class")).isEqualTo(1);
        });
    }

    @Test
    void guardsAMethodThatIsAnnotatedInItsInterface() {
        interfaceProxies.withBean(OfAnnotatedInterface.class).run(context -> {
            context.getBean(AnnotatedInterface.class).greet("you");
            assertThat(successes(context, "interface")).isEqualTo(1);
        });
        runner.withBean(OfAnnotatedInterface.class).run(context -> {
            context.getBean(OfAnnotatedInterface.class).greet("you");
            assertThat(successes(context, "interface")).isEqualTo(1);
        });
    }

    @Test
    void prefersTheMethodOfTheClassToThatOfTheInterface() {
        interfaceProxies.withBean(OfBoth.class).run(context -> {
            context.getBean(AnnotatedInterface.class).greet("you");
            assertThat(successes(context, "class")).isEqualTo(1);
            assertThat(context.getBean(CircuitBreakerRegistry.class).find("interface"))
                    .isEmpty();
        });
    }

    @Test
    void guardsAGenericMethodThatIsCalledThroughItsInterface() {
        interfaceProxies.withBean(GenericOne.class).run(context -> {
            @SuppressWarnings("unchecked")
            Generic<String> bean = context.getBean(Generic.class);
            bean.take("this");
            assertThat(successes(context, "generic")).isEqualTo(1);
        });
        runner.withBean(GenericOne.class).run(context -> {
            @SuppressWarnings("unchecked")
            Generic<String> bean = context.getBean(Generic.class);
            bean.take("this");
            assertThat(successes(context, "generic")).isEqualTo(1);
        });
    }

    @Test
    void understandsAnAnnotationOfTheApplicationsOwn() {
        runner.withBean(OwnAnnotation.class).run(context -> {
            context.getBean(OwnAnnotation.class).stock();
            context.getBean(OwnAnnotation.class).parts();
            assertThat(successes(context, "inventory")).isEqualTo(1);
            assertThat(successes(context, "parts")).isEqualTo(1);
            assertThat(context.getBean(Breakers.class)
                            .describe("parts")
                            .orElseThrow()
                            .settings()
                            .get("tripper")
                            .text())
                    .isEqualTo("failureStreak(2)");
        });
    }

    @Test
    void resolvesPlaceholders() {
        runner.withBean(Placeholders.class)
                .withPropertyValues("shop.breaker=payments", "shop.streak=7")
                .run(context -> {
                    context.getBean(Placeholders.class).pay();
                    assertThat(successes(context, "payments")).isEqualTo(1);
                    assertThat(context.getBean(Breakers.class)
                                    .describe("payments")
                                    .orElseThrow()
                                    .settings()
                                    .get("tripper")
                                    .text())
                            .isEqualTo("failureStreak(7)");
                });
    }

    @Test
    void methodsThatGiveTheSameNameShareABreaker() {
        runner.withBean(Sharing.class).withBean(SharingToo.class).run(context -> {
            context.getBean(Sharing.class).one();
            context.getBean(Sharing.class).two();
            context.getBean(SharingToo.class).three();

            assertThat(successes(context, "shared")).isEqualTo(3);
            assertThat(context.getBean(Breakers.class)
                            .describe("shared")
                            .orElseThrow()
                            .methods())
                    .containsExactly("Sharing.one()", "Sharing.two()", "SharingToo.three()");
        });
    }

    private static long successes(AssertableApplicationContext context, String name) {
        CallTotals totals = context.getBean(CircuitBreakerRegistry.class)
                .find(name)
                .orElseThrow()
                .snapshot()
                .totals();
        return totals.succeeded();
    }

    interface Greeter {

        String greet(String whom);
    }

    interface AnnotatedInterface extends Greeter {

        @Override
        @CircuitBreaker("interface")
        String greet(String whom);
    }

    interface Generic<T> {

        T take(T value);
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @CircuitBreaker(tripper = "failureStreak(2)")
    @interface Inventory {

        @AliasFor(annotation = CircuitBreaker.class, attribute = "name")
        String value() default "inventory";
    }

    static class VisibilitiesBase {

        @CircuitBreaker("protected")
        protected void inherited() {}
    }

    static class Visibilities extends VisibilitiesBase {

        @CircuitBreaker("public")
        public void all() {}

        @CircuitBreaker("package")
        void ofPackage() {}

        void unguarded() {}
    }

    static class AnnotatedClass implements Greeter {

        @Override
        @CircuitBreaker("class")
        public String greet(String whom) {
            return whom;
        }
    }

    static class OfAnnotatedInterface implements AnnotatedInterface {

        @Override
        public String greet(String whom) {
            return whom;
        }
    }

    static class OfBoth implements AnnotatedInterface {

        @Override
        @CircuitBreaker("class")
        public String greet(String whom) {
            return whom;
        }
    }

    static class GenericOne implements Generic<String> {

        @Override
        @CircuitBreaker("generic")
        public String take(String value) {
            return value;
        }
    }

    static class OwnAnnotation {

        @Inventory
        public void stock() {}

        @Inventory("parts")
        public void parts() {}
    }

    static class Placeholders {

        @CircuitBreaker(name = "${shop.breaker}", tripper = "failureStreak(${shop.streak})", tracker = "${shop.none:}")
        public void pay() {}
    }

    static class Sharing {

        @CircuitBreaker(name = "shared", tripper = "failureRate(50%)")
        public void one() {}

        @CircuitBreaker(name = "shared", tripper = "failureRate(0.5)")
        public void two() {}
    }

    static class SharingToo {

        @CircuitBreaker("shared")
        public void three() {}
    }
}
