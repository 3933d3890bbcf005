package io.breaker.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Holds the packages of the starter on their floors, and what Spring Boot asks of auto-configurations. */
class StarterFloorsTests {

    /** Lowest first. A package may import packages of lower floors only. */
    static final List<List<String>> FLOORS = List.of(
            List.of("annotation"),
            List.of("registry"),
            List.of(
                    "interceptor",
                    "http",
                    "web",
                    "actuate.endpoint",
                    "health",
                    "metrics",
                    "logging",
                    "event",
                    "diagnostics"),
            List.of("refresh"),
            List.of("aot", "autoconfigure"));

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.breaker.spring");

    @TestFactory
    Stream<DynamicTest> aPackageImportsLowerFloorsOnly() {
        return FLOORS.stream()
                .flatMap(List::stream)
                .map(name -> dynamicTest(
                        name,
                        () -> noClasses()
                                .that()
                                .resideInAPackage("io.breaker.spring." + name)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(sameOrHigher(name))
                                .check(CLASSES)));
    }

    @Test
    void everyPackageHasItsFloor() {
        List<String> known = FLOORS.stream()
                .flatMap(List::stream)
                .map(name -> "io.breaker.spring." + name)
                .toList();

        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .containsAll(known)
                .allMatch(name -> known.contains(name) || name.equals("io.breaker.spring"));
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
                .allMatch(javaPackage -> javaPackage.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void anAutoConfigurationIsPublicAndFinalAndShowsNothing() {
        classes()
                .that()
                .areAnnotatedWith(AutoConfiguration.class)
                .should()
                .bePublic()
                .andShould()
                .haveModifier(JavaModifier.FINAL)
                .check(CLASSES);
        methods()
                .that()
                .areAnnotatedWith(Bean.class)
                .should()
                .bePackagePrivate()
                .check(CLASSES);
    }

    @Test
    void everyBeanOfOursHasANameThatStartsWithBreaker() {
        methods()
                .that()
                .areAnnotatedWith(Bean.class)
                .should()
                .haveNameMatching(".*\\.breaker[A-Z]\\w*\\(.*|breaker[A-Z]\\w*")
                .check(CLASSES);
    }

    @Test
    void noNameHidesWhatATypeDoes() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils|Util|Helper|Manager)")
                .check(CLASSES);
    }

    @Test
    void guardedMethodsNeedNoAspectJ() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.aspectj..", "org.springframework.aop.aspectj..")
                .check(CLASSES);
    }

    /** The other packages of the same floor, and all above. */
    private static String[] sameOrHigher(String name) {
        int floor = 0;
        while (!FLOORS.get(floor).contains(name)) {
            floor++;
        }
        return FLOORS.stream()
                .skip(floor)
                .flatMap(List::stream)
                .filter(other -> !other.equals(name))
                .map(other -> "io.breaker.spring." + other)
                .toArray(String[]::new);
    }
}
