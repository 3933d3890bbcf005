package io.breaker.spring.interceptor;

import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/**
 * What the breaker let out of one invocation last. The fallback answers that alone, by identity: what security,
 * validation or a cache throws between the two is none of its business.
 */
final class LetOut {

    private static final String ATTRIBUTE = LetOut.class.getName();

    // Written where a call ends and read where its caller is answered: that may be two threads.
    private volatile @Nullable Throwable last;

    /** Finds the note of an invocation; its clones, of which a retry makes one for each attempt, share it. */
    static LetOut of(MethodInvocation invocation) {
        ProxyMethodInvocation proxied = (ProxyMethodInvocation) invocation;
        if (proxied.getUserAttribute(ATTRIBUTE) instanceof LetOut known) {
            return known;
        }
        LetOut created = new LetOut();
        proxied.setUserAttribute(ATTRIBUTE, created);
        return created;
    }

    void note(Throwable thrown) {
        last = thrown;
    }

    boolean was(Throwable thrown) {
        return last == thrown;
    }
}
