package io.breaker.spring.interceptor;

import io.breaker.spring.annotation.CircuitBreaker;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.springframework.core.annotation.AliasFor;

/** Desks that are classes, each annotated in another place; the second of a pair has a fallback. */
final class DeskClasses {

    private DeskClasses() {}

    /** What classes without an annotation of their own do, with a fallback that nobody outside can see. */
    static class Plain implements Desk {

        @Override
        public String serve(String id) {
            return Desk.work(id);
        }

        @SuppressWarnings("UnusedMethod") // Called by its name.
        private String instead(String id, Exception thrown) {
            return "instead of " + id;
        }
    }

    static class OnMethod extends Plain {

        @Override
        @CircuitBreaker("desk")
        public String serve(String id) {
            return Desk.work(id);
        }
    }

    static class OnMethodOrElse extends Plain {

        @Override
        @CircuitBreaker(name = "desk", fallbackMethod = "instead")
        public String serve(String id) {
            return Desk.work(id);
        }
    }

    @CircuitBreaker("desk")
    static class OnClass implements Desk {

        @Override
        public String serve(String id) {
            return Desk.work(id);
        }
    }

    @CircuitBreaker(name = "desk", fallbackMethod = "instead")
    static class OnClassOrElse extends Plain {}

    interface Guarded extends Desk {

        @Override
        @CircuitBreaker("desk")
        String serve(String id);
    }

    interface GuardedOrElse extends Desk {

        @Override
        @CircuitBreaker(name = "desk", fallbackMethod = "instead")
        String serve(String id);

        default String instead(String id, Exception thrown) {
            return "instead of " + id;
        }
    }

    /** Has the method from a class that knows nothing of the interface. */
    static class OnInterfaceMethod extends Plain implements Guarded {}

    static class OnInterfaceMethodOrElse implements GuardedOrElse {

        @Override
        public String serve(String id) {
            return Desk.work(id);
        }
    }

    @CircuitBreaker("desk")
    interface AllGuarded extends Desk {}

    @CircuitBreaker(name = "desk", fallbackMethod = "instead")
    interface AllGuardedOrElse extends Desk {

        private String instead(String id, Exception thrown) {
            return "instead of " + id;
        }
    }

    static class OnInterface implements AllGuarded {

        @Override
        public String serve(String id) {
            return Desk.work(id);
        }
    }

    static class OnInterfaceOrElse implements AllGuardedOrElse {

        @Override
        public String serve(String id) {
            return Desk.work(id);
        }
    }

    static class OnSuperclassMethod extends OnMethod {}

    /** What it overrides is annotated. */
    static class OnSuperclassMethodOrElse extends OnMethodOrElse {

        @Override
        public String serve(String id) {
            return super.serve(id);
        }
    }

    static class OnSuperclass extends OnClass {}

    static class OnSuperclassOrElse extends OnClassOrElse {}

    @CircuitBreaker(tripper = "failureStreak(50)")
    @Retention(RetentionPolicy.RUNTIME)
    @interface Counter {

        @AliasFor(annotation = CircuitBreaker.class, attribute = "name")
        String at() default "desk";

        @AliasFor(annotation = CircuitBreaker.class, attribute = "fallbackMethod")
        String or() default "";
    }

    static class ByMetaAnnotation extends Plain {

        @Override
        @Counter
        public String serve(String id) {
            return Desk.work(id);
        }
    }

    @Counter(at = "desk", or = "instead")
    static class ByMetaAnnotationOrElse extends Plain {}

    static class ByPlaceholder extends Plain {

        @Override
        @CircuitBreaker("${desk.name}")
        public String serve(String id) {
            return Desk.work(id);
        }
    }

    static class ByPlaceholderOrElse extends Plain {

        @Override
        @CircuitBreaker(name = "${desk.name}", fallbackMethod = "${desk.fallback}")
        public String serve(String id) {
            return Desk.work(id);
        }
    }
}
