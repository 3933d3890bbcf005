package io.breaker.sample.downstream;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The notification service: takes a message and says nothing more of it. */
@RestController
@RequestMapping("/downstream/notification")
class NotificationServer {

    private final DownstreamService service;

    NotificationServer(Downstream downstream) {
        this.service = downstream.get(Downstream.NOTIFICATION);
    }

    @PostMapping("/notifications")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Notification send(@RequestBody Notification notification) {
        return service.answer(() -> notification);
    }

    /** What to tell whom. */
    record Notification(String userId, String type, String orderId) {}
}
