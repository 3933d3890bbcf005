package io.breaker.pipeline;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A real HTTP server on the loopback and its client. The server answers each {@link Visit} as that says. */
final class Service implements AutoCloseable {

    private final ThreadPoolExecutor workers = started(48);
    private final ThreadPoolExecutor clientThreads = started(4);
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(clientThreads)
            .build();
    private final HttpServer server;
    private final Map<String, Visit> expected = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    /** Calls from their beginning on the client's side to their end; then neither side works on them. */
    final Level calling = new Level();
    /** Requests that the server works on. */
    final Level working = new Level();

    Service() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", this::handle);
        server.start();
    }

    /** All threads are there from the beginning, so that one that comes later is not the harness's. */
    private static ThreadPoolExecutor started(int threads) {
        var executor = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        executor.prestartAllCoreThreads();
        return executor;
    }

    /** Makes a call on the calling thread. */
    String send(Visit visit) throws IOException, InterruptedException {
        calling.enter();
        try {
            return value(client.send(request(visit), BodyHandlers.discarding()));
        } finally {
            // Does not heed interrupts; one that comes meanwhile leaves the flag up.
            visit.leave().join();
            calling.exit();
        }
    }

    /** Makes a call without a thread. */
    CompletableFuture<String> sendAsync(Visit visit, boolean cancellable) {
        calling.enter();
        return new Sending(client.sendAsync(request(visit), BodyHandlers.discarding()), visit, cancellable);
    }

    // POST, because the client sends another request a second time when its connection was closed.
    private HttpRequest request(Visit visit) {
        String path = "/" + numbers.incrementAndGet();
        expected.put(path, visit);
        int port = server.getAddress().getPort();
        return HttpRequest.newBuilder(URI.create("http://" + server.getAddress().getHostString() + ":" + port + path))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.noBody())
                .build();
    }

    private static String value(HttpResponse<?> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
        return "value";
    }

    private void handle(HttpExchange exchange) throws IOException {
        Visit visit = expected.remove(exchange.getRequestURI().getPath());
        try {
            if (visit != null && visit.serve(working) && visit.answer != Visit.Answer.CLOSED) {
                // Without a body: the server would send it in a packet of its own, which waits for an acknowledgement.
                exchange.sendResponseHeaders(visit.answer == Visit.Answer.OK ? 200 : 500, -1);
            }
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
        clientThreads.shutdownNow();
    }

    /** A call under way. It ends when the server has let go of it, also where it was cancelled. */
    private final class Sending extends CompletableFuture<String> {

        private final CompletableFuture<?> sent;
        private final boolean cancellable;

        Sending(CompletableFuture<? extends HttpResponse<?>> sent, Visit visit, boolean cancellable) {
            this.sent = sent;
            this.cancellable = cancellable;
            sent.whenComplete(
                    (response, thrown) -> visit.leave().whenComplete((nothing, never) -> ended(response, thrown)));
        }

        private void ended(HttpResponse<?> response, Throwable thrown) {
            calling.exit();
            if (thrown != null) {
                completeExceptionally(thrown);
                return;
            }
            try {
                complete(value(response));
            } catch (IOException failure) {
                completeExceptionally(failure);
            }
        }

        /** Cancels the request, which ends this future in a moment, or refuses to. */
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            return cancellable && sent.cancel(mayInterruptIfRunning);
        }
    }
}
