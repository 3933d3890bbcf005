package io.breaker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the packages of breaker-core on their floors, and the house rules that a machine can hold. */
class FloorsTests {

    /** Lowest first. A package may import packages of lower floors only. */
    static final List<List<String>> FLOORS = List.of(
            List.of("time", "expression", "policy", "event"),
            List.of(
                    "circuitbreaker.window",
                    "circuitbreaker.tracker",
                    "circuitbreaker.cooldown",
                    "circuitbreaker.permit"),
            List.of("circuitbreaker.tripper"),
            List.of("circuitbreaker", "retry", "timeout", "bulkhead", "fallback"),
            List.of("pipeline"),
            List.of("reactor"));

    static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.breaker");

    @TestFactory
    Stream<DynamicTest> aPackageImportsLowerFloorsOnly() {
        return FLOORS.stream()
                .flatMap(List::stream)
                .map(name -> dynamicTest(
                        name,
                        () -> noClasses()
                                .that()
                                .resideInAPackage("io.breaker." + name)
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(sameOrHigher(name))
                                .check(CLASSES)));
    }

    @Test
    void everyPackageHasItsFloor() {
        List<String> known = FLOORS.stream()
                .flatMap(List::stream)
                .map(name -> "io.breaker." + name)
                .toList();

        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .containsAll(known)
                .allMatch(
                        name -> known.contains(name) || name.equals("io.breaker") || name.equals("io.breaker.testing"));
    }

    @Test
    void theClockForTestsKnowsOnlyTime() {
        classes()
                .that()
                .resideInAPackage("io.breaker.testing")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.breaker.testing", "io.breaker.time", "java..", "org.jspecify..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.breaker.testing")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.breaker.testing")
                .check(CLASSES);
    }

    @Test
    void nothingButTheJdkIsNeededAtRunTime() {
        classes()
                .that()
                .resideOutsideOfPackage("io.breaker.reactor")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.breaker..", "java..", "org.jspecify.annotations..")
                .check(CLASSES);
    }

    @Test
    void onlyWhoCallsTheReactorPackageNeedsReactor() {
        classes()
                .that()
                .resideInAPackage("io.breaker.reactor")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.breaker..", "java..", "org.jspecify.annotations..", "reactor..", "org.reactivestreams..")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
                .allMatch(javaPackage -> javaPackage.isAnnotatedWith(NullMarked.class));
    }

    @Test
    void noNameHidesWhatATypeDoes() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils|Util|Helper|Manager)")
                .check(CLASSES);
    }

    @Test
    void decisionsDoNotReadTheWallClock() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.breaker.time.SystemTicker")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(CLASSES);
    }

    /** The other packages of the same floor, and all above; a package's own children are on a floor below it. */
    private static String[] sameOrHigher(String name) {
        int floor = 0;
        while (!FLOORS.get(floor).contains(name)) {
            floor++;
        }
        return FLOORS.stream()
                .skip(floor)
                .flatMap(List::stream)
                .filter(other -> !other.equals(name))
                .map(other -> "io.breaker." + other)
                .toArray(String[]::new);
    }
}
