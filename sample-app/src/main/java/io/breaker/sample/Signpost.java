package io.breaker.sample;

import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells whoever started the shop what to try. */
@Component
class Signpost {

    private static final Logger LOG = LoggerFactory.getLogger(Signpost.class);

    private final LocalServer server;

    Signpost(LocalServer server) {
        this.server = server;
    }

    @EventListener(ApplicationReadyEvent.class)
    void pointTheWay() {
        URI url = server.url();
        LOG.info("The shop is open. Look:  curl {}/actuator/circuitbreakers", url);
        LOG.info("Break its payments:      curl -X POST {}/downstream/payment/fail", url);
        LOG.info("Mend them:               curl -X POST {}/downstream/payment/heal", url);
    }
}
