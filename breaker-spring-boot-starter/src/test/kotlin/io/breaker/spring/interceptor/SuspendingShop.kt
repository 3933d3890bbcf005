package io.breaker.spring.interceptor

import io.breaker.spring.annotation.CircuitBreaker
import java.io.IOException
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.coroutineContext
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.yield
import reactor.core.publisher.Mono

/** What a caller has in its coroutine context. */
class Request(val id: String) : AbstractCoroutineContextElement(Request) {

    companion object Key : CoroutineContext.Key<Request>
}

/** Guarded functions that suspend. The field shows that a fallback runs on the object, not on its proxy. */
open class SuspendingShop {

    private val later = "later"

    @CircuitBreaker(name = "receipt")
    open suspend fun receipt(call: suspend () -> String): String = call()

    @CircuitBreaker(name = "notice")
    open suspend fun notice(call: suspend () -> Unit) = call()

    @CircuitBreaker(name = "onlyIo", tracker = "typeOf(java.io.IOException)", fallbackMethod = "io")
    open suspend fun onlyIo(call: suspend () -> String): String = call()

    private suspend fun io(thrown: Exception): String {
        yield()
        return "io: ${thrown.message}"
    }

    @CircuitBreaker(name = "orValue", fallbackMethod = "value")
    open suspend fun orValue(id: String, call: suspend () -> String): String = call()

    private fun value(id: String, call: suspend () -> String, thrown: Exception) = "value for $id: ${thrown.message}"

    @CircuitBreaker(name = "orSuspending", fallbackMethod = "suspending")
    open suspend fun orSuspending(id: String, call: suspend () -> String): String = call()

    private suspend fun suspending(id: String, call: suspend () -> String, thrown: Exception): String {
        yield()
        return "$later for $id: ${thrown.javaClass.simpleName}"
    }

    @CircuitBreaker(name = "orContext", fallbackMethod = "context")
    open suspend fun orContext(call: suspend () -> String): String = call()

    private suspend fun context(): String = coroutineContext[Request]?.id ?: "no request"

    @CircuitBreaker(name = "orFailure", fallbackMethod = "failsToo")
    open suspend fun orFailure(call: suspend () -> String): String = call()

    private suspend fun failsToo(): String {
        yield()
        throw IllegalStateException("down too")
    }

    @CircuitBreaker(name = "monoOrSuspending", fallbackMethod = "answer")
    open fun monoOrSuspending(): Mono<String> = Mono.error(IOException("down"))

    private suspend fun answer(): String {
        yield()
        return later
    }

    @CircuitBreaker(name = "items", fallbackMethod = "otherItems")
    open fun items(call: () -> Flow<String>): Flow<String> = call()

    private fun otherItems(): Flow<String> = flowOf("other")

    @CircuitBreaker(name = "laterItems", fallbackMethod = "otherItem")
    open suspend fun laterItems(call: () -> Flow<String>): Flow<String> {
        yield()
        return call()
    }

    private suspend fun otherItem(): Flow<String> {
        yield()
        return flowOf("other")
    }
}

interface Client {

    suspend fun find(id: String): String
}

class SuspendingClient : Client {

    private val cache = "cached"

    @CircuitBreaker(name = "client", fallbackMethod = "cached")
    override suspend fun find(id: String): String = throw IOException("down")

    private suspend fun cached(id: String): String {
        yield()
        return "$cache $id"
    }
}
