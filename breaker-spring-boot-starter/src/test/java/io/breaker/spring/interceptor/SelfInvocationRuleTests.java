package io.breaker.spring.interceptor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.breaker.spring.annotation.CircuitBreaker;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rule for the tests of applications: a call from inside the same object goes past the proxy, and so is not guarded. */
class SelfInvocationRuleTests {

    // Copy from here.

    static final ArchRule NO_CALL_GOES_PAST_ITS_BREAKER = methods()
            .that(DescribedPredicate.describe("are guarded by a circuit breaker", method -> isGuarded(method)))
            .should(notBeCalledFromTheirOwnClass())
            .because("such a call does not go through the proxy; call another bean, or the breaker in code")
            .allowEmptyShould(true);

    private static boolean isGuarded(JavaMethod method) {
        return isAnnotated(method) || (isAnnotatedAsAWhole(method.getOwner()) && isOverridable(method));
    }

    private static boolean isAnnotatedAsAWhole(JavaClass owner) {
        return isAnnotated(owner)
                || owner.getAllRawSuperclasses().stream().anyMatch(type -> isAnnotated(type))
                || owner.getAllRawInterfaces().stream().anyMatch(type -> isAnnotated(type));
    }

    private static boolean isAnnotated(CanBeAnnotated place) {
        return place.isAnnotatedWith(CircuitBreaker.class) || place.isMetaAnnotatedWith(CircuitBreaker.class);
    }

    private static boolean isOverridable(JavaMethod method) {
        return !method.getModifiers().contains(JavaModifier.PRIVATE)
                && !method.getModifiers().contains(JavaModifier.STATIC);
    }

    private static ArchCondition<JavaMethod> notBeCalledFromTheirOwnClass() {
        return new ArchCondition<>("not be called from their own class or one that extends it") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                method.getAccessesToSelf().stream()
                        .filter(access -> access.getOriginOwner()
                                .isAssignableTo(method.getOwner().getName()))
                        .map(JavaAccess::getDescription)
                        .forEach(call -> events.add(SimpleConditionEvent.violated(method, call)));
            }
        };
    }

    // Copy to here, and use it: NO_CALL_GOES_PAST_ITS_BREAKER.check(new ClassFileImporter().importPackages("shop"));

    @Test
    void theDocumentsShowThisVeryRule() throws IOException {
        String source = Files.readString(
                Path.of("src/test/java", SelfInvocationRuleTests.class.getName().replace('.', '/') + ".java"));
        String rule = source.substring(source.indexOf("// Copy from"), source.indexOf("// Copy to"))
                .lines()
                .skip(1)
                .collect(Collectors.joining("\n"))
                .stripIndent()
                .strip();

        assertThat(Files.readString(Path.of("..", "docs", "spring.md"))).contains(rule);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CallsItself.class,
                CallsItselfInALambda.class,
                RefersToItself.class,
                AnnotatedClass.class,
                ByOwnAnnotation.class
            })
    void findsACallFromInsideTheSameClass(Class<?> violating) {
        EvaluationResult result = evaluate(violating);

        assertThat(result.hasViolation()).isTrue();
        assertThat(result.getFailureReport().getDetails())
                .singleElement()
                .asString()
                .contains(violating.getSimpleName() + ".all()", violating.getSimpleName() + ".receipt(");
    }

    @Test
    void findsACallFromASubclass() {
        assertThat(evaluate(CallsItself.class, Below.class).getFailureReport().getDetails())
                .hasSize(2)
                .anyMatch(detail -> detail.contains("Below.more()"));
    }

    @Test
    void allowsCallsFromOtherClassesAndOfOtherMethods() {
        assertThat(evaluate(Guarded.class, CallsAnother.class).hasViolation()).isFalse();
    }

    private static EvaluationResult evaluate(Class<?>... classes) {
        return NO_CALL_GOES_PAST_ITS_BREAKER.evaluate(new ClassFileImporter().importClasses(classes));
    }

    static class CallsItself {

        List<String> all() {
            return List.of(receipt("1"));
        }

        @CircuitBreaker("payments")
        String receipt(String id) {
            return id;
        }
    }

    static class Below extends CallsItself {

        String more() {
            return receipt("2");
        }
    }

    static class CallsItselfInALambda {

        Supplier<String> all() {
            return () -> receipt("1");
        }

        @CircuitBreaker("payments")
        String receipt(String id) {
            return id;
        }
    }

    static class RefersToItself {

        Supplier<String> all() {
            return this::receipt;
        }

        @CircuitBreaker("payments")
        String receipt() {
            return "1";
        }
    }

    @CircuitBreaker("payments")
    static class AnnotatedClass {

        String all() {
            return helper() + receipt("1");
        }

        String receipt(String id) {
            return id;
        }

        private String helper() {
            return "";
        }
    }

    @CircuitBreaker("payments")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Payments {}

    static class ByOwnAnnotation {

        String all() {
            return receipt("1");
        }

        @Payments
        String receipt(String id) {
            return id;
        }
    }

    static class Guarded {

        @CircuitBreaker("payments")
        String receipt(String id) {
            return format(id);
        }

        String format(String id) {
            return id;
        }
    }

    record CallsAnother(Guarded guarded) {

        List<String> all() {
            return List.of(guarded.receipt("1"));
        }
    }
}
