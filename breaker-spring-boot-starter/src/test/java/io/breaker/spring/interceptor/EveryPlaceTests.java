package io.breaker.spring.interceptor;

import static io.breaker.spring.interceptor.EveryPlaceTests.Row.bean;
import static io.breaker.spring.interceptor.EveryPlaceTests.Row.client;
import static io.breaker.spring.interceptor.EveryPlaceTests.Row.configuration;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.circuitbreaker.CircuitBreakerRegistry;
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration;
import io.breaker.spring.registry.Breakers;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/**
 * Everywhere the annotation may stand. Each row without and with a fallback; each is counted, and rejected or answered
 * while the circuit is open.
 *
 * <table>
 *   <caption>Rows</caption>
 *   <tr><th>place</th><th>proxies</th></tr>
 *   <tr><td>method, class</td><td>CGLIB, JDK</td></tr>
 *   <tr><td>method of an interface, interface</td><td>CGLIB, JDK</td></tr>
 *   <tr><td>method of a superclass (inherited, overridden), superclass</td><td>CGLIB, JDK</td></tr>
 *   <tr><td>meta-annotation with {@code @AliasFor}, on a method and on a class</td><td>CGLIB, JDK</td></tr>
 *   <tr><td><code>${…}</code> placeholders</td><td>CGLIB, JDK</td></tr>
 *   <tr><td>{@code @HttpExchange} method, interface, {@code @ImportHttpServices}</td><td>without a target</td></tr>
 *   <tr><td>method of a Spring Data repository, repository</td><td>target of another type</td></tr>
 * </table>
 *
 * <p>"JDK" is {@code spring.aop.proxy-target-class=false}. What may stand beside the annotation, also with and without a
 * fallback:
 *
 * <table>
 *   <caption>Advice</caption>
 *   <tr><th>advice</th><th>tests</th></tr>
 *   <tr><td>the order of all</td><td>{@link AdviceChainTests} (CGLIB), {@link InterfaceAdviceTests} (JDK, HTTP)</td></tr>
 *   <tr><td>{@code @Async}</td><td>{@link AdviceOrderTests}</td></tr>
 *   <tr><td>{@code @Transactional}</td><td>{@link AdviceOrderTests}, roll-back {@link AdviceBesideTests}</td></tr>
 *   <tr><td>{@code @Cacheable}, {@code @Retryable}, {@code @PreAuthorize}, {@code @Validated}</td>
 *       <td>{@link AdviceOrderTests}, {@link InterfaceAdviceTests}</td></tr>
 *   <tr><td>{@code @ConcurrencyLimit}, {@code @Repository}</td><td>{@link AdviceBesideTests}</td></tr>
 *   <tr><td>Spring Data's own</td><td>{@link RepositoryTests}, {@link RepositoryTargetTests}</td></tr>
 * </table>
 */
class EveryPlaceTests {

    private static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(AopAutoConfiguration.class, BreakerAutoConfiguration.class))
            .withPropertyValues("desk.name=desk", "desk.fallback=instead");

    private static final ApplicationContextRunner DATABASE = RUNNER.withConfiguration(AutoConfigurations.of(
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withPropertyValues("spring.datasource.generate-unique-name=true");

    static Stream<Arguments> rows() {
        Stream<Row> classes = Stream.of(
                        bean("method", DeskClasses.OnMethod.class, DeskClasses.OnMethodOrElse.class),
                        bean("class", DeskClasses.OnClass.class, DeskClasses.OnClassOrElse.class),
                        bean(
                                "interface method",
                                DeskClasses.OnInterfaceMethod.class,
                                DeskClasses.OnInterfaceMethodOrElse.class),
                        bean("interface", DeskClasses.OnInterface.class, DeskClasses.OnInterfaceOrElse.class),
                        bean(
                                "superclass method",
                                DeskClasses.OnSuperclassMethod.class,
                                DeskClasses.OnSuperclassMethodOrElse.class),
                        bean("superclass", DeskClasses.OnSuperclass.class, DeskClasses.OnSuperclassOrElse.class),
                        bean(
                                "meta-annotation",
                                DeskClasses.ByMetaAnnotation.class,
                                DeskClasses.ByMetaAnnotationOrElse.class),
                        bean("placeholder", DeskClasses.ByPlaceholder.class, DeskClasses.ByPlaceholderOrElse.class))
                .flatMap(row -> Stream.of(row.behind("CGLIB", true), row.behind("JDK", false)));
        Stream<Row> interfaces = Stream.of(
                client("HTTP method", DeskClients.OnMethod.class, DeskClients.OnMethodOrElse.class),
                client("HTTP interface", DeskClients.OnInterface.class, DeskClients.OnInterfaceOrElse.class),
                configuration("@ImportHttpServices", DeskClients.Imported.class, DeskClients.ImportedOrElse.class),
                configuration(
                        "repository method",
                        DeskRepositories.WithOnMethod.class,
                        DeskRepositories.WithOnMethodOrElse.class),
                configuration(
                        "repository",
                        DeskRepositories.WithOnInterface.class,
                        DeskRepositories.WithOnInterfaceOrElse.class));
        return Stream.concat(classes, interfaces)
                .map(row -> Arguments.of(
                        row.place(), Named.of("no fallback", row.alone()), Named.of("fallback", row.answered())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void withoutAFallbackCallsAreCountedAndRejected(
            String place, ApplicationContextRunner alone, ApplicationContextRunner answered) {
        alone.run(context -> {
            Desk desk = context.getBean(Desk.class);
            CircuitBreaker breaker = breaker(context.getBean(CircuitBreakerRegistry.class));

            assertThat(desk.serve("1")).isEqualTo("1");
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> desk.serve(Desk.BAD));
            breaker.forceOpen();
            assertThatExceptionOfType(CallNotPermittedException.class).isThrownBy(() -> desk.serve("1"));

            assertThat(AopUtils.isAopProxy(desk)).isTrue();
            assertCountedOnce(breaker);
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void withAFallbackCallsAreCountedAndAnswered(
            String place, ApplicationContextRunner alone, ApplicationContextRunner answered) {
        answered.run(context -> {
            Desk desk = context.getBean(Desk.class);
            CircuitBreaker breaker = breaker(context.getBean(CircuitBreakerRegistry.class));

            assertThat(desk.serve("1")).isEqualTo("1");
            assertThat(desk.serve(Desk.BAD)).isEqualTo("instead of bad");
            breaker.forceOpen();
            assertThat(desk.serve("1")).isEqualTo("instead of 1");

            assertCountedOnce(breaker);
            assertThat(context.getBean(Breakers.class).fallbacks("desk")).isEqualTo(2);
        });
    }

    private static CircuitBreaker breaker(CircuitBreakerRegistry registry) {
        return registry.find("desk").orElseThrow();
    }

    private static void assertCountedOnce(CircuitBreaker breaker) {
        CallTotals totals = breaker.snapshot().totals();
        assertThat(totals.succeeded()).isEqualTo(1);
        assertThat(totals.failed()).isEqualTo(1);
        assertThat(totals.rejected()).isEqualTo(1);
        assertThat(totals.ignored()).isZero();
    }

    /** A place, and an application that has the annotation there without and with a fallback. */
    record Row(String place, ApplicationContextRunner alone, ApplicationContextRunner answered) {

        static Row bean(String place, Class<?> alone, Class<?> answered) {
            return new Row(place, RUNNER.withBean(alone), RUNNER.withBean(answered));
        }

        static <A, B> Row client(String place, Class<A> alone, Class<B> answered) {
            return new Row(
                    place,
                    RUNNER.withBean(alone, () -> DeskClients.client(alone)),
                    RUNNER.withBean(answered, () -> DeskClients.client(answered)));
        }

        static Row configuration(String place, Class<?> alone, Class<?> answered) {
            return new Row(place, DATABASE.withUserConfiguration(alone), DATABASE.withUserConfiguration(answered));
        }

        Row behind(String proxies, boolean classes) {
            UnaryOperator<ApplicationContextRunner> set =
                    runner -> runner.withPropertyValues("spring.aop.proxy-target-class=" + classes);
            return new Row(place + ", " + proxies, set.apply(alone), set.apply(answered));
        }
    }
}
