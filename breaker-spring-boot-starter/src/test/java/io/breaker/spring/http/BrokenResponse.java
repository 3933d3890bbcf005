package io.breaker.spring.http;

import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** A response whose first line cannot be read. */
final class BrokenResponse implements ClientHttpResponse {

    boolean closed;

    @Override
    public HttpStatusCode getStatusCode() throws IOException {
        throw new IOException("no status line");
    }

    @Override
    public String getStatusText() {
        return "";
    }

    @Override
    public HttpHeaders getHeaders() {
        return new HttpHeaders();
    }

    @Override
    public InputStream getBody() {
        return InputStream.nullInputStream();
    }

    @Override
    public void close() {
        closed = true;
    }
}
