package io.breaker.spring.matrix

import io.breaker.spring.annotation.CircuitBreaker
import java.util.concurrent.CompletableFuture
import java.util.function.Supplier
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.future.await
import kotlinx.coroutines.future.future

/** The suspending part of the till. Java cannot call such functions, so this starts them for it. */
open class SuspendingTill(private val attempts: Supplier<CompletableFuture<String?>?>) {

    @CircuitBreaker("till")
    open suspend fun pay(): String? = attempts.get()?.await()

    @CircuitBreaker(name = "till", fallbackMethod = "later")
    open suspend fun payOrElse(): String? = attempts.get()?.await()

    private suspend fun later(thrown: Exception): String = CompletableFuture.completedFuture("later").await()

    companion object {

        @JvmStatic
        fun start(till: SuspendingTill, orElse: Boolean): CompletableFuture<String?> =
            CoroutineScope(Dispatchers.Unconfined).future(start = CoroutineStart.UNDISPATCHED) {
                if (orElse) till.payOrElse() else till.pay()
            }
    }
}
