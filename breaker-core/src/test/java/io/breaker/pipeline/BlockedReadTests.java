package io.breaker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.breaker.bulkhead.Bulkhead;
import io.breaker.circuitbreaker.CallTotals;
import io.breaker.circuitbreaker.CircuitBreaker;
import io.breaker.testing.CountedScheduler;
import io.breaker.testing.Eventually;
import io.breaker.testing.VirtualThreads;
import io.breaker.time.Ticker;
import io.breaker.timeout.CallTimeoutException;
import io.breaker.timeout.Timeout;
import io.breaker.timeout.TimeoutConfig;
import io.breaker.timeout.TimeoutTotals;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** What a timeout does to a call that waits for a server which does not answer, with real sockets and in real time. */
class BlockedReadTests {

    private static final Duration SHORT = Duration.ofMillis(150);
    private static final Duration LONG = Duration.ofMinutes(1);
    /** Ends a read that a defect has left blocked, long after the limit of the call. */
    private static final int GUARD_MILLIS = 20_000;

    private final CountedScheduler scheduler = new CountedScheduler();
    private final CircuitBreaker breaker = CircuitBreaker.of("reads", settings -> settings);
    private final Bulkhead bulkhead = Bulkhead.of("reads", settings -> settings);
    private ServerSocket silent;

    @BeforeEach
    void listen() throws IOException {
        // Connections wait to be accepted, and so are neither answered nor refused.
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void allIsGivenBack() throws IOException {
        silent.close();
        assertThat(Thread.interrupted()).isFalse();
        assertThat(bulkhead.activeCalls()).isZero();
        Eventually.holds("no timer is left", () -> scheduler.pending() == 0);
        scheduler.close();
    }

    @Test
    void aReadOnAPlatformThreadIsNotCutButHasTimedOutWhenItReturns() {
        Thread caller = Thread.currentThread();
        CompletableFuture<Integer> read = new CompletableFuture<>();
        CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answerOnceInterrupted(caller));
        Timeout timeout = timeout(SHORT);

        Throwable thrown = catchThrowable(() -> pipeline(timeout).call(() -> read.complete(readFromSocket())));

        assertThat(served).succeedsWithin(Duration.ofSeconds(20));
        // The byte was sent after the interrupt, which the read did not see.
        assertThat(read).isCompletedWithValue((int) 'x');
        assertThat(thrown).isInstanceOf(CallTimeoutException.class).hasNoSuppressedExceptions();
        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(0, 1));
        assertOneFailure();
    }

    private void answerOnceInterrupted(Thread caller) {
        try (Socket accepted = silent.accept()) {
            Eventually.holds("the timer interrupts the caller", caller::isInterrupted);
            accepted.getOutputStream().write('x');
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theReadTimeoutOfAUrlConnectionCutsTheReadAndIsAFailure() {
        Timeout timeout = timeout(LONG);

        assertThat(catchThrowable(() -> pipeline(timeout).call(() -> readFromUrl(/* readTimeout= */ 150))))
                .isInstanceOf(SocketTimeoutException.class);

        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(1, 0));
        assertOneFailure();
    }

    @Test
    void theTimeoutOfAnHttpRequestCutsTheCallAndIsAFailure() {
        Timeout timeout = timeout(LONG);

        assertThat(catchThrowable(() -> pipeline(timeout).call(() -> send(SHORT))))
                .isInstanceOf(HttpTimeoutException.class);

        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(1, 0));
        assertOneFailure();
    }

    @Test
    void theJdksHttpClientHeedsTheInterrupt() {
        Timeout timeout = timeout(SHORT);

        Throwable thrown = catchThrowable(() -> pipeline(timeout).call(() -> send(LONG)));

        assertThat(thrown).isInstanceOf(CallTimeoutException.class);
        assertThat(thrown.getSuppressed()).hasExactlyElementsOfTypes(InterruptedException.class);
        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(0, 1));
        assertOneFailure();
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aSocketReadOnAVirtualThreadIsCut() throws Exception {
        assertCutOnAVirtualThread(this::readFromSocket);
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void aUrlConnectionOnAVirtualThreadIsCut() throws Exception {
        assertCutOnAVirtualThread(() -> readFromUrl(GUARD_MILLIS));
    }

    private void assertCutOnAVirtualThread(Callable<?> read) throws Exception {
        Timeout timeout = timeout(SHORT);
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        VirtualThreads.start(() -> {
            thrown.complete(catchThrowable(() -> pipeline(timeout).call(read)));
            flag.complete(Thread.currentThread().isInterrupted());
        });

        assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(CallTimeoutException.class);
        // Not a SocketTimeoutException: it was the interrupt that closed the socket.
        assertThat(thrown.join().getSuppressed()).hasExactlyElementsOfTypes(SocketException.class);
        assertThat(flag.get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(timeout.totals()).isEqualTo(new TimeoutTotals(0, 1));
        assertOneFailure();
    }

    private int readFromSocket() throws IOException {
        try (Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
            socket.setSoTimeout(GUARD_MILLIS);
            return socket.getInputStream().read();
        }
    }

    private int readFromUrl(int readTimeout) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri().toURL().openConnection();
        connection.setReadTimeout(readTimeout);
        return connection.getResponseCode();
    }

    private int send(Duration timeout) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri()).timeout(timeout).build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private URI uri() {
        return URI.create("http://" + silent.getInetAddress().getHostAddress() + ":" + silent.getLocalPort() + "/");
    }

    private Timeout timeout(Duration limit) {
        return Timeout.of("reads", TimeoutConfig.of(limit), Ticker.system(), scheduler);
    }

    private Pipeline pipeline(Timeout timeout) {
        return Pipeline.builder("reads")
                .circuitBreaker(breaker)
                .bulkhead(bulkhead)
                .timeout(timeout)
                .build();
    }

    private void assertOneFailure() {
        assertThat(breaker.snapshot().totals())
                .extracting(CallTotals::succeeded, CallTotals::failed, CallTotals::ignored, CallTotals::rejected)
                .containsExactly(0L, 1L, 0L, 0L);
    }
}
