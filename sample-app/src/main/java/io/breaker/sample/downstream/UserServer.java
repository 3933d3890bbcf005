package io.breaker.sample.downstream;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The user service: knows everybody. */
@RestController
@RequestMapping("/downstream/user")
class UserServer {

    private static final List<String> NAMES = List.of("Ada", "Barbara", "Edsger", "Grace", "Tony");

    private final DownstreamService service;

    UserServer(Downstream downstream) {
        this.service = downstream.get(Downstream.USER);
    }

    @GetMapping("/users/{id}")
    User find(@PathVariable String id) {
        return service.answer(() -> new User(id, NAMES.get(Math.floorMod(id.hashCode(), NAMES.size()))));
    }

    /** A customer. */
    record User(String id, String name) {}
}
