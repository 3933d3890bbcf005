package io.breaker.spring.http

import io.breaker.spring.annotation.CircuitBreaker
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration
import io.breaker.spring.autoconfigure.BreakerHttpClientsAutoConfiguration
import io.breaker.spring.registry.Breakers
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.boot.autoconfigure.AutoConfigurations
import org.springframework.boot.test.context.runner.ApplicationContextRunner
import org.springframework.http.HttpStatus
import org.springframework.web.reactive.function.client.ClientResponse
import org.springframework.web.reactive.function.client.WebClient
import org.springframework.web.reactive.function.client.awaitBody
import reactor.core.publisher.Mono

/** A guarded client inside a suspending function. */
open class SuspendingClientShop(clients: WebClientBreakers) {

    private val client = WebClient.builder()
        .exchangeFunction { Mono.just(ClientResponse.create(HttpStatus.OK).body("answer").build()) }
        .filter(clients.filter("payments"))
        .build()

    @CircuitBreaker(name = "payments")
    open suspend fun sameBreaker(): String = get()

    @CircuitBreaker(name = "orders")
    open suspend fun otherBreaker(): String = get()

    private suspend fun get(): String = client.get().uri("http://payments").retrieve().awaitBody<String>()
}

class SuspendingClientTests {

    @Test
    fun `a call inside a function of the same breaker is counted once`() {
        ApplicationContextRunner()
            .withConfiguration(
                AutoConfigurations.of(
                    BreakerAutoConfiguration::class.java,
                    BreakerHttpClientsAutoConfiguration::class.java,
                ),
            )
            .withBean(SuspendingClientShop::class.java)
            .run { context ->
                val shop = context.getBean(SuspendingClientShop::class.java)
                val breakers = context.getBean(Breakers::class.java)

                assertThat(runBlocking { shop.sameBreaker() }).isEqualTo("answer")
                assertThat(breakers.get("payments").snapshot().totals().succeeded()).isEqualTo(1)

                assertThat(runBlocking { shop.otherBreaker() }).isEqualTo("answer")
                assertThat(breakers.get("orders").snapshot().totals().succeeded()).isEqualTo(1)
                assertThat(breakers.get("payments").snapshot().totals().succeeded()).isEqualTo(2)
            }
    }
}
