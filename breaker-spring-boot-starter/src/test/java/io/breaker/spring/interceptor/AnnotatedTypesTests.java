package io.breaker.spring.interceptor;

import static org.assertj.core.api.Assertions.assertThat;

import io.breaker.spring.annotation.CircuitBreaker;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotatedTypesTests {

    private final AnnotatedTypes types = new AnnotatedTypes();

    @ParameterizedTest
    @ValueSource(
            classes = {
                OnClass.class,
                OnPrivateMethod.class,
                BelowClass.class,
                BelowInterface.class,
                GenericBelowInterface.class,
                ByMetaAnnotation.class
            })
    void includesWhatTheAnnotationStandsOn(Class<?> type) {
        assertThat(types.include(type)).isTrue();
        assertThat(types.include(type)).isTrue();
    }

    @Test
    void leavesOutEverythingElse() {
        assertThat(types.include(Plain.class)).isFalse();
        assertThat(types.include(Plain.class)).isFalse();
        assertThat(types.include(String.class)).isFalse();
    }

    @CircuitBreaker(name = "a")
    static class OnClass {}

    static class OnPrivateMethod {

        @CircuitBreaker(name = "a")
        private void guarded() {}
    }

    static class BelowClass extends OnPrivateMethod {}

    interface Guarded<T> {

        @CircuitBreaker(name = "a")
        T get(T key);
    }

    static class BelowInterface extends Plain implements Guarded<Object> {

        @Override
        public Object get(Object key) {
            return key;
        }
    }

    static class GenericBelowInterface implements Guarded<String> {

        @Override
        public String get(String key) {
            return key;
        }
    }

    @CircuitBreaker(name = "a")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Meta {}

    static class ByMetaAnnotation {

        @Meta
        void guarded() {}
    }

    static class Plain implements Supplier<String> {

        @Override
        public String get() {
            return "";
        }
    }
}
