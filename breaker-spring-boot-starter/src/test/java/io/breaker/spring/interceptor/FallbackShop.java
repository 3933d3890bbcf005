package io.breaker.spring.interceptor;

import io.breaker.circuitbreaker.CallNotPermittedException;
import io.breaker.spring.annotation.CircuitBreaker;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.concurrent.Callable;

/** Guarded methods with fallbacks of all kinds. Fields show that a fallback runs on the object, not on its proxy. */
class FallbackShop extends FallbackTests.ShopBase {

    @CircuitBreaker(name = "call", fallbackMethod = "instead")
    public String call(String id, Callable<String> call) throws Exception {
        return call.call();
    }

    private String instead(String id, Callable<String> call, IOException thrown) {
        return "IOException of " + id;
    }

    private String instead(FileNotFoundException thrown) {
        return "FileNotFoundException";
    }

    private String instead(CallNotPermittedException rejection) {
        return "rejected";
    }

    private String instead(String id, Callable<String> call) {
        return "nothing of " + id;
    }

    @CircuitBreaker(name = "onlyIo", fallbackMethod = "io")
    public String onlyIo(Callable<String> call) throws Exception {
        return call.call();
    }

    private String io(IOException thrown) {
        return "io";
    }

    @CircuitBreaker(name = "throwable", fallbackMethod = "anything")
    public String throwable(Callable<String> call) throws Exception {
        return call.call();
    }

    private String anything(Throwable thrown) {
        return thrown.getClass().getSimpleName();
    }

    @CircuitBreaker(name = "error", fallbackMethod = "onError")
    public String error(Callable<String> call) throws Exception {
        return call.call();
    }

    private String onError(Error error) {
        return "error";
    }

    @CircuitBreaker(name = "ioMatters", tracker = "typeOf(java.io.IOException)", fallbackMethod = "always")
    public String ioMatters(Callable<String> call) throws Exception {
        return call.call();
    }

    private String always() {
        return "fallback";
    }

    @CircuitBreaker("inner")
    public String inner() {
        return "inner";
    }

    @CircuitBreaker(name = "secondFailure", fallbackMethod = "failsToo")
    public String secondFailure(Callable<String> call) throws Exception {
        return call.call();
    }

    private String failsToo() {
        throw new IllegalStateException("second");
    }

    @CircuitBreaker(name = "sameFailure", fallbackMethod = "rethrow")
    public String sameFailure(Callable<String> call) throws Exception {
        return call.call();
    }

    private String rethrow(Exception thrown) throws Exception {
        throw thrown;
    }

    @CircuitBreaker(name = "fits", fallbackMethod = "sum")
    public long number(int one, Long other) {
        return 0;
    }

    private Long sum(Integer one, long other) {
        return one + other;
    }

    @CircuitBreaker(name = "fits", fallbackMethod = "ofClass")
    public String statics(String id) {
        return id;
    }

    private static String ofClass() {
        return "static";
    }

    @CircuitBreaker(name = "fits", fallbackMethod = "ofSuperclass")
    public Object ofSuperclass(String id) {
        return id;
    }

    @CircuitBreaker(name = "fits", fallbackMethod = "always")
    public void nothing() {}
}
