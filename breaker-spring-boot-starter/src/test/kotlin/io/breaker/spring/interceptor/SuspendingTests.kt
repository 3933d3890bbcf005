package io.breaker.spring.interceptor

import io.breaker.circuitbreaker.CallNotPermittedException
import io.breaker.circuitbreaker.CallTotals
import io.breaker.circuitbreaker.CircuitBreakerRegistry
import io.breaker.spring.autoconfigure.BreakerAutoConfiguration
import io.breaker.spring.registry.Breakers
import java.io.IOException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.aopalliance.intercept.MethodInterceptor
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.aop.framework.ProxyFactory
import org.springframework.boot.autoconfigure.AutoConfigurations
import org.springframework.boot.test.context.runner.ApplicationContextRunner
import org.springframework.context.ApplicationContext

/** Suspending functions, and those that return a Flow. */
class SuspendingTests {

    private val runner: ApplicationContextRunner = ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(BreakerAutoConfiguration::class.java))
        .withBean("shop", SuspendingShop::class.java)

    @Test
    fun `counts a success when the function has resumed`() = run { context, shop ->
        val result = CompletableDeferred<String>()
        val call = async(start = CoroutineStart.UNDISPATCHED) { shop.receipt { result.await() } }
        assertThat(totals(context, "receipt").succeeded).isZero()

        result.complete("paid")
        assertThat(call.await()).isEqualTo("paid")
        assertThat(totals(context, "receipt").succeeded).isEqualTo(1)
    }

    @Test
    fun `counts a function that does not suspend`() = run { context, shop ->
        assertThat(shop.receipt { "paid" }).isEqualTo("paid")
        assertThat(totals(context, "receipt").succeeded).isEqualTo(1)
    }

    @Test
    fun `an exception is a failure and reaches the caller`() = run { context, shop ->
        assertThat(thrownBy { shop.receipt { throw IOException("down") } })
            .isInstanceOf(IOException::class.java)
            .hasMessage("down")
        assertThat(totals(context, "receipt").failed).isEqualTo(1)
    }

    @Test
    fun `an error is a failure`() = run { context, shop ->
        assertThat(thrownBy { shop.receipt { throw AssertionError("broken") } })
            .isInstanceOf(AssertionError::class.java)
        assertThat(totals(context, "receipt").failed).isEqualTo(1)
    }

    @Test
    fun `what the tracker does not track is ignored and not answered`() = run { context, shop ->
        assertThat(thrownBy { shop.onlyIo { throw IllegalStateException("no IO") } }).hasMessage("no IO")
        assertThat(totals(context, "onlyIo").ignored).isEqualTo(1)
    }

    @Test
    fun `the body does not run while the circuit is open`() = run { context, shop ->
        open(context, "receipt")
        assertThat(thrownBy { shop.receipt { throw AssertionError("the body ran") } })
            .isInstanceOf(CallNotPermittedException::class.java)
        assertThat(totals(context, "receipt").rejected).isEqualTo(1)
    }

    @Test
    fun `a cancelled call is neither success nor failure`() = run { context, shop ->
        val call = launch(start = CoroutineStart.UNDISPATCHED) { shop.receipt { awaitCancellation() } }
        call.cancel()
        call.join()

        assertThat(totals(context, "receipt").ignored).isEqualTo(1)
        assertThat(totals(context, "receipt").failed).isZero()
        assertThat(totals(context, "receipt").succeeded).isZero()
    }

    @Test
    fun `a function without a result is counted`() = run { context, shop ->
        shop.notice { }
        assertThat(thrownBy { shop.notice { throw IOException("down") } }).hasMessage("down")
        assertThat(totals(context, "notice").succeeded).isEqualTo(1)
        assertThat(totals(context, "notice").failed).isEqualTo(1)
    }

    @Test
    fun `answers with a fallback that does not suspend`() = run { context, shop ->
        assertThat(shop.orValue("42") { throw IOException("down") }).isEqualTo("value for 42: down")
        assertThat(context.getBean(Breakers::class.java).fallbacks("orValue")).isEqualTo(1)
    }

    @Test
    fun `answers with a fallback that suspends`() = run { context, shop ->
        open(context, "orSuspending")
        assertThat(shop.orSuspending("42") { "paid" }).isEqualTo("later for 42: CallNotPermittedException")
    }

    @Test
    fun `a fallback that suspends may take nothing but the exception`() = run { _, shop ->
        assertThat(shop.onlyIo { throw IOException("down") }).isEqualTo("io: down")
    }

    @Test
    fun `a fallback that suspends runs in the context of the caller`() = run { _, shop ->
        withContext(Request("seven")) {
            assertThat(shop.orContext { throw IOException("down") }).isEqualTo("seven")
        }
    }

    @Test
    fun `a fallback that fails carries the first exception`() = run { _, shop ->
        val first = IOException("down")
        val second = thrownBy { shop.orFailure { throw first } }
        assertThat(second).hasMessage("down too")
        assertThat(generateSequence(second) { it.cause }.toList())
            .anySatisfy { assertThat(it.suppressed).contains(first) }
    }

    @Test
    fun `answers a Mono with a fallback that suspends`() = run { _, shop ->
        assertThat(shop.monoOrSuspending().block()).isEqualTo("later")
    }

    @Test
    fun `a Flow is a call at each collection`() = run { context, shop ->
        val flow = shop.items { flowOf("one", "two") }
        assertThat(totals(context, "items").succeeded).isZero()

        assertThat(flow.toList()).containsExactly("one", "two")
        assertThat(flow.toList()).containsExactly("one", "two")
        assertThat(totals(context, "items").succeeded).isEqualTo(2)
    }

    @Test
    fun `a Flow that has emitted is continued by the fallback`() = run { context, shop ->
        val broken = flow {
            emit("one")
            throw IOException("down")
        }
        assertThat(shop.items { broken }.toList()).containsExactly("one", "other")
        assertThat(totals(context, "items").failed).isEqualTo(1)
    }

    @Test
    fun `a suspending function may return a Flow`() = run { context, shop ->
        assertThat(shop.laterItems { flowOf("one") }.toList()).containsExactly("one")
        assertThat(totals(context, "laterItems").succeeded).isEqualTo(1)
        assertThat(shop.laterItems { flow { throw IOException("down") } }.toList()).containsExactly("other")
    }

    @Test
    fun `works behind the proxy of an interface`() {
        runner.withPropertyValues("spring.aop.proxy-target-class=false")
            .withBean("client", SuspendingClient::class.java)
            .run { context ->
                runBlocking {
                    assertThat(context.getBean(Client::class.java).find("42")).isEqualTo("cached 42")
                    assertThat(totals(context, "client").failed).isEqualTo(1)
                }
            }
    }

    @Test
    fun `answers what the breaker let out where other advice stands between`() {
        val proxied = ProxyFactory(SuspendingShop()).apply {
            isProxyTargetClass = true
            addAdvice(MethodInterceptor { it.proceed() })
        }
        runner.withBean("passes", SuspendingShop::class.java, { proxied.proxy as SuspendingShop }).run { context ->
            runBlocking {
                val shop = context.getBean("passes", SuspendingShop::class.java)
                assertThat(shop.orValue("42") { throw IOException("down") }).isEqualTo("value for 42: down")
            }
        }
    }

    private fun run(check: suspend CoroutineScope.(ApplicationContext, SuspendingShop) -> Unit) {
        runner.run { context ->
            runBlocking { check(context, context.getBean("shop", SuspendingShop::class.java)) }
        }
    }

    private suspend fun thrownBy(call: suspend () -> Unit): Throwable? =
        try {
            call()
            null
        } catch (thrown: Throwable) {
            thrown
        }

    private fun totals(context: ApplicationContext, name: String): CallTotals =
        context.getBean(CircuitBreakerRegistry::class.java).find(name).orElseThrow().snapshot().totals()

    private fun open(context: ApplicationContext, name: String) =
        context.getBean(CircuitBreakerRegistry::class.java).find(name).orElseThrow().forceOpen()
}
