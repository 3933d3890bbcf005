package io.breaker.spring.http;

import io.breaker.spring.registry.PropertyOrigins;
import io.breaker.spring.registry.StartupReport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Completes the startup report with the HTTP clients that are configured, but that nothing has asked for once all beans
 * are made. Code may still ask for them.
 */
public final class UnusedHttpClients implements SmartInitializingSingleton {

    private static final Log LOGGER = LogFactory.getLog(StartupReport.class);

    private final HttpClientBreakers clients;
    private final PropertyOrigins origins;

    /**
     * Makes the list.
     *
     * @param clients knows which were asked for
     * @param origins knows where they stand
     */
    public UnusedHttpClients(HttpClientBreakers clients, PropertyOrigins origins) {
        this.clients = clients;
        this.origins = origins;
    }

    @Override
    public void afterSingletonsInstantiated() {
        clients.unasked()
                .forEach(client -> LOGGER.info(origins.subjectOfHttpClient(client)
                        + " is not used: it names no hosts, and no HTTP service group and no bean has asked for client '"
                        + client + "'."));
    }
}
