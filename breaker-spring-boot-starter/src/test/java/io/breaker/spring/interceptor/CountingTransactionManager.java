package io.breaker.spring.interceptor;

import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/** Counts the transactions that begin, and can be told to begin none. */
final class CountingTransactionManager extends DataSourceTransactionManager {

    private static final long serialVersionUID = 1L;

    final AtomicInteger begun = new AtomicInteger();
    volatile boolean broken;

    CountingTransactionManager(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        if (broken) {
            throw new IllegalStateException("no connection");
        }
        begun.incrementAndGet();
        super.doBegin(transaction, definition);
    }
}
