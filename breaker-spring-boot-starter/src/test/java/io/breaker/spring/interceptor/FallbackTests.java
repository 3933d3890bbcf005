package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.spring.annotation.CircuitBreaker;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class FallbackTests {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, BreakerAutoConfiguration.class))
            .withBean(FallbackShop.class);

    @Test
    void takesTheMethodWithTheNearestException() {
        runner.run(context -> {
            FallbackShop shop = context.getBean(FallbackShop.class);
            assertThat(shop.call("1", () -> "fine")).isEqualTo("fine");
            assertThat(shop.call("1", failing(new IOException()))).isEqualTo("IOException of 1");
            assertThat(shop.call("1", failing(new FileNotFoundException()))).isEqualTo("FileNotFoundException");
            assertThat(shop.call("1", failing(new IllegalStateException()))).isEqualTo("nothing of 1");

            open(context, "call");
            assertThat(shop.call("1", () -> "fine")).isEqualTo("rejected");
            assertThat(context.getBean(Breakers.class).fallbacks("call")).isEqualTo(4);
        });
    }

    @Test
    void givesTheExceptionToTheCallerWhereNoMethodMatches() {
        runner.run(context -> {
            FallbackShop shop = context.getBean(FallbackShop.class);
            IllegalStateException other = new IllegalStateException();

            assertThat(shop.onlyIo(failing(new IOException()))).isEqualTo("io");
            assertThatThrownBy(() -> shop.onlyIo(failing(other))).isSameAs(other);
            assertThat(context.getBean(Breakers.class).fallbacks("onlyIo")).isEqualTo(1);
        });
    }

    @Test
    void givesAnErrorToTheCallerUnlessTheFallbackAsksForIt() {
        runner.run(context -> {
            FallbackShop shop = context.getBean(FallbackShop.class);
            assertThatExceptionOfType(StackOverflowError.class)
                    .isThrownBy(() -> shop.call("1", failing(new StackOverflowError())));
            assertThat(shop.throwable(failing(new StackOverflowError()))).isEqualTo("StackOverflowError");
            assertThat(shop.error(failing(new StackOverflowError()))).isEqualTo("error");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> shop.error(failing(new IOException())));
        });
    }

    @Test
    void givesWhatTheTrackerIgnoresToTheCaller() {
        runner.run(context -> {
            FallbackShop shop = context.getBean(FallbackShop.class);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> shop.ioMatters(failing(new IllegalStateException())));
            assertThat(shop.ioMatters(failing(new IOException()))).isEqualTo("fallback");
        });
    }

    @Test
    void answersWhereTheTrackerThrows() {
        Tracker broken = thrown -> {
            throw new IllegalArgumentException("broken");
        };
        runner.withBean("broken", Tracker.class, () -> broken)
                .withPropertyValues("breaker.instances.ioMatters.tracker=broken")
                .run(context -> assertThat(
                                context.getBean(FallbackShop.class).ioMatters(failing(new IllegalStateException())))
                        .isEqualTo("fallback"));
    }

    @Test
    void answersTheRejectionOfAnotherBreakerInside() {
        runner.run(context -> {
            open(context, "inner");
            assertThat(context.getBean(FallbackShop.class)
                            .ioMatters(() -> context.getBean(FallbackShop.class).inner()))
                    .isEqualTo("fallback");
        });
    }

    @Test
    void givesWhatTheFallbackThrowsToTheCallerWithTheFirstException() {
        runner.run(context -> {
            FallbackShop shop = context.getBean(FallbackShop.class);
            IOException first = new IOException();
            assertThatThrownBy(() -> shop.secondFailure(failing(first)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("second")
                    .hasSuppressedException(first);
            assertThatThrownBy(() -> shop.sameFailure(failing(first))).isSameAs(first);

            open(context, "sameFailure");
            assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> shop.sameFailure(() -> "fine"));
        });
    }

    @Test
    void acceptsAReturnedValueThatCountsAsFailure() {
        runner.withBean("isEmpty", EmptyText.class).withBean(Checked.class).run(context -> {
            assertThat(context.getBean(Checked.class).checked()).isEmpty();
            assertThat(context.getBean(Breakers.class)
                            .get("checked")
                            .snapshot()
                            .totals()
                            .failed())
                    .isEqualTo(1);
        });
    }

    @Test
    void callsMethodsOfAnySignatureThatFits() {
        runner.run(context -> {
            FallbackShop shop = context.getBean(FallbackShop.class);
            open(context, "fits");
            assertThat(shop.number(1, 2L)).isEqualTo(3);
            assertThat(shop.statics("1")).isEqualTo("static");
            assertThat(shop.ofSuperclass("1")).isEqualTo("of superclass");
            shop.nothing();
            assertThat(context.getBean(Breakers.class).fallbacks("fits")).isEqualTo(4);
        });
    }

    @Test
    void callsAPrivateMethodOnTheTargetFromManyThreads() throws Exception {
        runner.run(context -> {
            FallbackShop shop = context.getBean(FallbackShop.class);
            open(context, "fits");
            ExecutorService threads = Executors.newFixedThreadPool(8);
            try {
                List<Future<Boolean>> results = threads.invokeAll(tasks(8, () -> {
                    boolean right = true;
                    for (int call = 0; call < 2000; call++) {
                        right &= shop.ofSuperclass("1").equals("of superclass");
                    }
                    return right;
                }));
                for (Future<Boolean> result : results) {
                    assertThat(result.get()).isTrue();
                }
            } finally {
                threads.shutdownNow();
            }
            assertThat(context.getBean(Breakers.class).fallbacks("fits")).isEqualTo(16_000);
        });
    }

    @Test
    void callsAPrivateMethodBehindAnInterfaceProxy() {
        runner.withBean(Behind.class)
                .withPropertyValues("spring.aop.proxy-target-class=false")
                .run(context -> {
                    open(context, "fits");
                    assertThat(context.getBean(Front.class).call()).isEqualTo("private of behind");
                });
    }

    @Test
    void callsTheMethodOfAnotherBeanThroughItsProxy() {
        runner.withBean("cache", Cache.class).withBean(UsesCache.class).run(context -> {
            UsesCache bean = context.getBean(UsesCache.class);
            open(context, "uses-cache");
            assertThat(bean.read("1")).isEqualTo("cached 1");
            assertThat(bean.readPackagePrivate("1")).isEqualTo("from the field");
            assertThat(context.getBean(Breakers.class)
                            .get("cache")
                            .snapshot()
                            .totals()
                            .succeeded())
                    .isEqualTo(1);
        });
    }

    private static Callable<String> failing(Throwable thrown) {
        return () -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (Exception) thrown;
        };
    }

    private static <T> List<Callable<T>> tasks(int count, Callable<T> task) {
        List<Callable<T>> tasks = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            tasks.add(task);
        }
        return tasks;
    }

    private static void open(AssertableApplicationContext context, String name) {
        context.getBean(CircuitBreakerRegistry.class).find(name).orElseThrow().forceOpen();
    }

    static class ShopBase {

        private final String field = String.valueOf("of superclass");

        private String ofSuperclass() {
            return field;
        }
    }

    static class EmptyText implements Predicate<Object> {

        @Override
        public boolean test(Object value) {
            return "".equals(value);
        }
    }

    static class Checked {

        @CircuitBreaker(name = "checked", resultTracker = "isEmpty", fallbackMethod = "never")
        public String checked() {
            return "";
        }

        String never() {
            return "never";
        }
    }

    interface Front {

        String call();
    }

    static class Behind implements Front {

        private final String field = String.valueOf("private of behind");

        @Override
        @CircuitBreaker(name = "fits", fallbackMethod = "instead")
        public String call() {
            return "call";
        }

        private String instead() {
            return field;
        }
    }

    static class Cache {

        private final String field = String.valueOf("from the field");

        @CircuitBreaker("cache")
        public String cached(String id) {
            return "cached " + id;
        }

        String ofPackage() {
            return field;
        }
    }

    static class UsesCache {

        @CircuitBreaker(name = "uses-cache", fallbackMethod = "cache::cached")
        public String read(String id) {
            return id;
        }

        @CircuitBreaker(name = "uses-cache", fallbackMethod = "cache :: ofPackage")
        public String readPackagePrivate(String id) {
            return id;
        }
    }
}
