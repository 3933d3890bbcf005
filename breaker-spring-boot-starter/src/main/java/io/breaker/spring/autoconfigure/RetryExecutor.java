package io.breaker.spring.autoconfigure;

import java.util.concurrent.Executor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;

/**
 * Runs the attempts of asynchronous calls but the first: on the executor that Spring Boot makes for an application's
 * asynchronous work, because a method may block before it returns its stage. Without that bean they run on the thread of
 * the scheduler, which is called to run them.
 *
 * <p>The executor is looked for at the first retry: it may be made lazily, and most applications never ask for it.
 */
final class RetryExecutor implements Executor {

    private static final String BEAN_NAME = TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME;

    private final BeanFactory beans;

    RetryExecutor(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void execute(Runnable attempt) {
        if (beans.containsBean(BEAN_NAME) && beans.isTypeMatch(BEAN_NAME, Executor.class)) {
            beans.getBean(BEAN_NAME, Executor.class).execute(attempt);
        } else {
            attempt.run();
        }
    }
}
