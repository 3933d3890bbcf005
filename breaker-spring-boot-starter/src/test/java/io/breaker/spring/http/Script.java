package io.breaker.spring.http;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpResponse;

/** Answers in place of the network, request by request, and keeps what it saw. Adds a header to each request. */
final class Script implements ClientHttpRequestInterceptor {

    /** What comes of one request. */
    interface Answer {

        Response make() throws IOException;
    }

    /** A response that tells whether it was closed. */
    static final class Response extends MockClientHttpResponse {

        boolean closed;

        Response(int status) {
            super("answer".getBytes(), HttpStatusCode.valueOf(status));
        }

        @Override
        public void close() {
            closed = true;
            super.close();
        }
    }

    final List<HttpHeaders> requests = new ArrayList<>();
    final List<String> bodies = new ArrayList<>();
    final List<Response> responses = new ArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();

    Script then(Answer answer) {
        answers.add(answer);
        return this;
    }

    Script then(int status) {
        return then(() -> new Response(status));
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        request.getHeaders().add("Seen", "once");
        requests.add(HttpHeaders.copyOf(request.getHeaders()));
        bodies.add(new String(body));
        Response response = answers.remove().make();
        responses.add(response);
        return response;
    }
}
