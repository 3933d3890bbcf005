package io.breaker.spring.http;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * A response that was closed because another attempt was to follow, which then could not be made: the thread was
 * interrupted, say, while it waited. It still has its status and headers, and an empty body.
 *
 * @param closed the response
 */
record ClosedResponse(ClientHttpResponse closed) implements ClientHttpResponse {

    @Override
    public HttpStatusCode getStatusCode() throws IOException {
        return closed.getStatusCode();
    }

    @Override
    public String getStatusText() throws IOException {
        return closed.getStatusText();
    }

    @Override
    public HttpHeaders getHeaders() {
        return closed.getHeaders();
    }

    @Override
    public InputStream getBody() {
        return InputStream.nullInputStream();
    }

    @Override
    public void close() {
        closed.close();
    }
}
