package io.breaker.sample.downstream;

import io.breaker.sample.downstream.DownstreamService.Condition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Shows how the four services are, and makes them fail, slow, or well again. */
@RestController
@RequestMapping("/downstream")
class DownstreamController {

    private final Downstream downstream;

    DownstreamController(Downstream downstream) {
        this.downstream = downstream;
    }

    @GetMapping
    Map<String, Condition> conditions() {
        Map<String, Condition> conditions = new LinkedHashMap<>();
        downstream
                .names()
                .forEach(name -> conditions.put(name, downstream.get(name).condition()));
        return conditions;
    }

    @PostMapping("/{service}/{mode}")
    Map<String, Condition> change(@PathVariable String service, @PathVariable String mode) {
        DownstreamService found = downstream
                .find(service)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND,
                        "There is no such service. The services are " + downstream.names() + "."));
        found.become(Mode.find(mode)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST,
                        "There is no such mode. The modes are " + Arrays.toString(Mode.values()) + ".")));
        return Map.of(service, found.condition());
    }
}
