package io.breaker.spring.interceptor;

import io.breaker.spring.annotation.CircuitBreaker;
import java.nio.charset.StandardCharsets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpRequest;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;
import org.springframework.web.service.registry.ImportHttpServices;

/** Desks that are asked over HTTP, by clients that Spring makes of interfaces. */
final class DeskClients {

    private DeskClients() {}

    interface OnMethod extends Desk {

        @Override
        @CircuitBreaker("desk")
        @GetExchange("/{id}")
        String serve(@PathVariable String id);
    }

    interface OnMethodOrElse extends Desk {

        @Override
        @CircuitBreaker(name = "desk", fallbackMethod = "instead")
        @GetExchange("/{id}")
        String serve(@PathVariable String id);

        default String instead(String id, Exception thrown) {
            return "instead of " + id;
        }
    }

    @CircuitBreaker("desk")
    @HttpExchange("/desks")
    interface OnInterface extends Desk {

        @Override
        @GetExchange("/{id}")
        String serve(@PathVariable String id);
    }

    @CircuitBreaker(name = "desk", fallbackMethod = "instead")
    @HttpExchange("/desks")
    interface OnInterfaceOrElse extends Desk {

        @Override
        @GetExchange("/{id}")
        String serve(@PathVariable String id);

        static String instead(String id) {
            return "instead of " + id;
        }
    }

    /** Makes a client in the way of a bean method. */
    static <T> T client(Class<T> type) {
        RestClient client = RestClient.builder()
                .baseUrl("http://desk.test")
                .requestInterceptor(DeskClients::answer)
                .build();
        return HttpServiceProxyFactory.builderFor(RestClientAdapter.create(client))
                .build()
                .createClient(type);
    }

    private static ClientHttpResponse answer(HttpRequest request, byte[] body, ClientHttpRequestExecution further) {
        String path = request.getURI().getPath();
        String id = path.substring(path.lastIndexOf('/') + 1);
        return new MockClientHttpResponse(
                id.getBytes(StandardCharsets.UTF_8),
                id.equals(Desk.BAD) ? HttpStatus.INTERNAL_SERVER_ERROR : HttpStatus.OK);
    }

    @Configuration(proxyBeanMethods = false)
    static class Group {

        @Bean
        RestClientHttpServiceGroupConfigurer answers() {
            return groups -> groups.forEachClient(
                    (group, client) -> client.baseUrl("http://desk.test").requestInterceptor(DeskClients::answer));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(group = "desks", types = OnMethod.class)
    static class Imported extends Group {}

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(group = "desks", types = OnMethodOrElse.class)
    static class ImportedOrElse extends Group {}
}
