package io.breaker.spring.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.annotation.CircuitBreaker;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the user is told of a fallback that is missing or does not fit. */
class FallbackFailureTests {

    @Test
    void missingMethod() {
        assertThat(messageOf(Missing.class)).isEqualTo("""
                        Attribute 'fallbackMethod' of @CircuitBreaker on Missing.receipt(String) is not valid:

                            Missing has no method 'lastKnow'
                        ->
                        Did you mean 'lastKnown'? Known methods: find, lastKnown.""");
    }

    @Test
    void methodsThatDoNotFit() {
        assertThat(messageOf(Misfits.class)).isEqualTo("""
                        Attribute 'fallbackMethod' of @CircuitBreaker on Misfits.receipt(String) is not valid:

                            no method 'lastKnown' of Misfits fits receipt(String):
                            - lastKnown(Exception, String) must take (String) or nothing, then perhaps an exception
                            - lastKnown(String) must return String, not Integer
                            - lastKnown(int) must take (String) or nothing, then perhaps an exception
                        ->
                        Change the method, or name another one.""");
    }

    @Test
    void stagesThatDoNotFit() {
        assertThat(messageOf(MisfitStages.class)).contains("""
                            - lastKnown() must return CompletableFuture<String>, not void
                            - lastKnown(Exception) must return CompletableFuture<String>, not Integer
                            - lastKnown(String) must return CompletableFuture<String>, not \
                        CompletableFuture<List<Integer>>
                        """);
    }

    @Test
    void publishersAndFuturesThatDoNotFit() {
        assertThat(messageOf(MisfitMono.class)).contains("""
                            - lastKnown() must return Mono<String>, not Integer
                            - lastKnown(Exception) must return Mono<String>, not Flux<String>
                            - lastKnown(IOException) must return Mono<String>, not Mono<Integer>
                        """);
        assertThat(messageOf(MisfitFlux.class)).contains("""
                            - lastKnown() must return Flux<String>, not List<String>
                            - lastKnown(Exception) must return Flux<String>, not Mono<Integer>
                        """);
        assertThat(messageOf(MisfitFuture.class))
                .contains("- lastKnown() must return Future<String>, not Mono<String>");
    }

    @Test
    void methodThatIsItsOwnFallback() {
        assertThat(messageOf(Itself.class)).contains("- receipt(String) is the guarded method itself");
    }

    @Test
    void missingMethodOfAnInterfaceWithoutAClass() {
        MethodInterceptor client = invocation -> "";
        ApplicationContextRunner application = new ApplicationContextRunner()
                .withBean(Client.class, () -> ProxyFactory.getProxy(Client.class, client));
        assertThat(messageOf(application, Cache.class)).contains("""
                            Client has no method 'lastKnow'
                        ->
                        Did you mean 'lastKnown'? Known methods: lastKnown.""");
    }

    @Test
    void missingBean() {
        ApplicationContextRunner application = new ApplicationContextRunner().withBean("cache", Cache.class);
        assertThat(messageOf(application, UnknownBean.class)).isEqualTo("""
                        Attribute 'fallbackMethod' of @CircuitBreaker on UnknownBean.receipt(String) is not valid:

                            there is no bean 'cach'
                        ->
                        Did you mean 'cache'? Known beans: breakerCatalog, breakerHttpTrackers, \
                        breakerPipelines, breakerPolicies, breakerPostProcessor, breakerRegistry, breakerScheduler, \
                        breakerStartupReport, breakerVocabularies, cache, \
                        forceAutoProxyCreatorToUseClassProxying, propertySourcesPlaceholderConfigurer.""");
    }

    @Test
    void missingMethodOfABean() {
        ApplicationContextRunner application = new ApplicationContextRunner().withBean("cache", Cache.class);
        assertThat(messageOf(application, UnknownMethodOfBean.class)).isEqualTo("""
                        Attribute 'fallbackMethod' of @CircuitBreaker on UnknownMethodOfBean.receipt(String) is not valid:

                            Cache has no method 'lastKnow'
                        ->
                        Did you mean 'lastKnown'? Known methods: lastKnown.""");
    }

    @Test
    void privateMethodOfABean() {
        ApplicationContextRunner application = new ApplicationContextRunner().withBean("cache", Cache.class);
        assertThat(messageOf(application, PrivateMethodOfBean.class)).contains("""
                            no method 'lastKnown' of Cache fits receipt(String):
                            - lastKnown() is private
                        """);
    }

    private static String messageOf(Class<?> bean) {
        return messageOf(new ApplicationContextRunner(), bean);
    }

    /** Leaves out the name of this class, which stands before that of each bean. */
    private static String messageOf(ApplicationContextRunner application, Class<?> bean) {
        return FailingApplication.messageOf(application, "breaker.enabled: true", bean)
                .replace(FallbackFailureTests.class.getName() + "$", "");
    }

    interface Client {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnow")
        String receipt(String id);

        default String lastKnown() {
            return "";
        }
    }

    static class Cache {

        private String lastKnown() {
            return "";
        }
    }

    static class Missing {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnow")
        public String receipt(String id) {
            return id;
        }

        String lastKnown() {
            return "";
        }

        String find() {
            return lastKnown();
        }
    }

    static class Misfits {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public String receipt(String id) {
            return id;
        }

        String lastKnown(int id) {
            return "";
        }

        Integer lastKnown(String id) {
            return 1;
        }

        String lastKnown(Exception thrown, String id) {
            return "";
        }
    }

    static class MisfitStages {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public CompletableFuture<String> receipt(String id) {
            return CompletableFuture.completedFuture(id);
        }

        void lastKnown() {}

        Integer lastKnown(Exception thrown) {
            return 1;
        }

        @Nullable
        CompletableFuture<List<Integer>> lastKnown(String id) {
            return null;
        }
    }

    static class MisfitMono {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public Mono<String> receipt(String id) {
            return Mono.just(id);
        }

        Integer lastKnown() {
            return 1;
        }

        Flux<String> lastKnown(Exception thrown) {
            return Flux.empty();
        }

        Mono<Integer> lastKnown(IOException thrown) {
            return Mono.empty();
        }
    }

    static class MisfitFlux {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public Flux<String> receipt(String id) {
            return Flux.just(id);
        }

        List<String> lastKnown() {
            return List.of();
        }

        Mono<Integer> lastKnown(Exception thrown) {
            return Mono.empty();
        }
    }

    static class MisfitFuture {

        @CircuitBreaker(name = "a", fallbackMethod = "lastKnown")
        public Future<String> receipt(String id) {
            return CompletableFuture.completedFuture(id);
        }

        Mono<String> lastKnown() {
            return Mono.empty();
        }
    }

    static class Itself {

        @CircuitBreaker(name = "a", fallbackMethod = "receipt")
        public String receipt(String id) {
            return id;
        }
    }

    static class UnknownBean {

        @CircuitBreaker(name = "a", fallbackMethod = "cach::lastKnown")
        public String receipt(String id) {
            return id;
        }
    }

    static class UnknownMethodOfBean {

        @CircuitBreaker(name = "a", fallbackMethod = "cache::lastKnow")
        public String receipt(String id) {
            return id;
        }
    }

    static class PrivateMethodOfBean {

        @CircuitBreaker(name = "a", fallbackMethod = "cache::lastKnown")
        public String receipt(String id) {
            return id;
        }
    }
}
