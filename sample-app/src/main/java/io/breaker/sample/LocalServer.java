package io.breaker.sample;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Makes clients that call this very application over HTTP. Its port is known only when the server runs, which is after
 * the clients are made, so it is asked at each call.
 */
@Component
class LocalServer {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private final RestClient.Builder builder;
    private final Environment environment;

    LocalServer(RestClient.Builder builder, Environment environment) {
        this.builder = builder;
        this.environment = environment;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + environment.getRequiredProperty("local.server.port"));
    }

    /** Makes a client whose paths start with the given one. No call lasts longer than the timeouts. */
    RestClient client(String path, Duration readTimeout) {
        ClientHttpRequestFactory network = ClientHttpRequestFactoryBuilder.jdk()
                .build(HttpClientSettings.defaults().withTimeouts(CONNECT_TIMEOUT, readTimeout));
        return builder.clone()
                .baseUrl(path)
                .requestFactory((uri, method) -> network.createRequest(url().resolve(uri), method))
                .build();
    }
}
