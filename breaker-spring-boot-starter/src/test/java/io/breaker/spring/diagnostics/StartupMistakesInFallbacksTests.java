package io.breaker.spring.diagnostics;

import static io.breaker.spring.diagnostics.Row.bean;
import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.annotation.CircuitBreaker;
import java.util.List;
import java.util.stream.Stream;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What the user is told of a fallback that is missing or does not fit. */
class StartupMistakesInFallbacksTests {

    private static final String KNOWN_BEANS = "Did you mean 'cache'? Known beans: breakerCatalog,"
            + " breakerHttpClients, breakerHttpTrackers, breakerPipelines, breakerPolicies, breakerPostProcessor,"
            + " breakerRegistry, breakerRestClientCustomizer, breakerRestClientGroups, breakerRestTemplateCustomizer,"
            + " breakerScheduler, breakerStartupReport, breakerUnusedHttpClients, breakerUnusedInstances,"
            + " breakerVocabularies, breakerWebClientBuilders, breakerWebClientGroups, breakerWebClients, busy, cache,"
            + " emptyReceipt, forceAutoProxyCreatorToUseClassProxying, not-found, notFound,"
            + " propertySourcesPlaceholderConfigurer.";

    @TestFactory
    Stream<DynamicTest> methodsOfTheSameClass() {
        return Row.tests(
                bean(
                        FallbackMistakes.Missing.class,
                        """
                        Attribute 'fallbackMethod' of @CircuitBreaker on Missing.receipt(String) is not valid:

                            Missing has no method 'lastKnow'
                        """,
                        "Did you mean 'lastKnown'? Known methods: find, lastKnown.",
                        FallbackMistakes.Right.class),
                bean(
                        FallbackMistakes.Misfits.class,
                        """
                        Attribute 'fallbackMethod' of @CircuitBreaker on Misfits.receipt(String) is not valid:

                            no method 'lastKnown' of Misfits fits receipt(String):
                            - lastKnown(Exception, String) must take (String) or nothing, then perhaps an exception
                            - lastKnown(String) must return String, not Integer
                            - lastKnown(int) must take (String) or nothing, then perhaps an exception
                        """,
                        "Change the method, or name another one.",
                        FallbackMistakes.Right.class),
                bean(
                        FallbackMistakes.OneMisfit.class,
                        """
                        Attribute 'fallbackMethod' of @CircuitBreaker on OneMisfit.receipt(String) is not valid:

                            not every method 'lastKnown' of OneMisfit that takes an exception fits receipt(String):
                            - lastKnown(int, Exception) must take (String) or nothing, then perhaps an exception
                        """,
                        "Change the method, or give it another name.",
                        FallbackMistakes.Right.class),
                bean(
                        FallbackMistakes.Itself.class,
                        """
                        Attribute 'fallbackMethod' of @CircuitBreaker on Itself.receipt(String) is not valid:

                            no method 'receipt' of Itself fits receipt(String):
                            - receipt(String) is the guarded method itself
                        """,
                        "Change the method, or name another one.",
                        FallbackMistakes.Right.class));
    }

    @TestFactory
    Stream<DynamicTest> resultsThatComeLater() {
        return Row.tests(
                bean(
                        FallbackMistakes.MisfitStages.class,
                        """
                        Attribute 'fallbackMethod' of @CircuitBreaker on MisfitStages.receipt(String) is not valid:

                            no method 'lastKnown' of MisfitStages fits receipt(String):
                            - lastKnown() must return CompletableFuture<String>, not void
                            - lastKnown(Exception) must return CompletableFuture<String>, not Integer
                            - lastKnown(String) must return CompletableFuture<String>, not CompletableFuture<List<Integer>>
                        """,
                        "Change the method, or name another one.",
                        FallbackMistakes.RightStages.class),
                bean(
                        FallbackMistakes.MisfitMono.class,
                        """
                        Attribute 'fallbackMethod' of @CircuitBreaker on MisfitMono.receipt(String) is not valid:

                            no method 'lastKnown' of MisfitMono fits receipt(String):
                            - lastKnown() must return Mono<String>, not Integer
                            - lastKnown(Exception) must return Mono<String>, not Flux<String>
                            - lastKnown(IOException) must return Mono<String>, not Mono<Integer>
                        """,
                        "Change the method, or name another one.",
                        FallbackMistakes.RightFlux.class),
                bean(
                        FallbackMistakes.MisfitFlux.class,
                        """
                        Attribute 'fallbackMethod' of @CircuitBreaker on MisfitFlux.receipt(String) is not valid:

                            no method 'lastKnown' of MisfitFlux fits receipt(String):
                            - lastKnown() must return Flux<String>, not List<String>
                            - lastKnown(Exception) must return Flux<String>, not Mono<Integer>
                        """,
                        "Change the method, or name another one.",
                        FallbackMistakes.RightFlux.class),
                bean(
                        FallbackMistakes.MisfitFuture.class,
                        """
                        Attribute 'fallbackMethod' of @CircuitBreaker on MisfitFuture.receipt(String) is not valid:

                            no method 'lastKnown' of MisfitFuture fits receipt(String):
                            - lastKnown() must return Future<String>, not Mono<String>
                        """,
                        "Change the method, or name another one.",
                        FallbackMistakes.RightStages.class));
    }

    @TestFactory
    Stream<DynamicTest> methodsOfOtherBeans() {
        return Row.tests(
                ofBean(
                        FallbackMistakes.UnknownMethodOfBean.class,
                        """
                        Attribute 'fallbackMethod' of @CircuitBreaker on UnknownMethodOfBean.receipt(String) is not valid:

                            Cache has no method 'lastKnow'
                        """,
                        "Did you mean 'lastKnown'? Known methods: lastKnown, latest.",
                        FallbackMistakes.RightBean.class),
                ofBean(
                        FallbackMistakes.PrivateMethodOfBean.class,
                        """
                        Attribute 'fallbackMethod' of @CircuitBreaker on PrivateMethodOfBean.receipt(String) is not valid:

                            no method 'lastKnown' of Cache fits receipt(String):
                            - lastKnown() is private
                        """,
                        "Change the method, or name another one.",
                        FallbackMistakes.RightBean.class),
                ofBean(
                        FallbackMistakes.OneColon.class,
                        """
                        Attribute 'fallbackMethod' of @CircuitBreaker on OneColon.receipt(String) is not valid:

                            OneColon has no method 'cache:latest'
                        """,
                        "A method of another bean is written with two colons, such as cache::latest.",
                        FallbackMistakes.RightBean.class),
                ofBean(FallbackMistakes.UnknownBean.class, """
                        Attribute 'fallbackMethod' of @CircuitBreaker on UnknownBean.receipt(String) is not valid:

                            there is no bean 'cach'
                        """, KNOWN_BEANS, FallbackMistakes.RightBean.class));
    }

    @Test
    void missingMethodOfAnInterfaceWithoutAClass() {
        MethodInterceptor client = invocation -> "";
        ApplicationContextRunner application = new ApplicationContextRunner()
                .withBean(Client.class, () -> ProxyFactory.getProxy(Client.class, client));
        assertThat(FailingApplication.messageOf(application, "breaker.enabled: true"))
                .contains("""
                Client has no method 'lastKnow'
                ->
                Did you mean 'lastKnown'? Known methods: lastKnown.""");
    }

    private static Row ofBean(Class<?> wrong, String description, String action, Class<?> mended) {
        Row row = bean(wrong, description, action, mended);
        return new Row(
                row.name(),
                row.yaml(),
                List.of(FallbackMistakes.Cache.class, wrong),
                description,
                action,
                row.yaml(),
                List.of(FallbackMistakes.Cache.class, mended));
    }

    interface Client {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnow")
        String receipt(String id);

        default String lastKnown() {
            return "";
        }
    }
}
