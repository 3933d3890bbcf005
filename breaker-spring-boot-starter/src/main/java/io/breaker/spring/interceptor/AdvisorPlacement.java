package io.breaker.spring.interceptor;

import java.util.List;
import org.springframework.aop.Advisor;
import org.springframework.aop.IntroductionAdvisor;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.target.EmptyTargetSource;

/**
 * Puts the advisors of a guarded class into the chain of a proxy that is there already.
 *
 * <p>The fallback stands outermost, but inside {@code @Async}: it runs on the thread of the call. The breaker stands
 * directly outside the transaction, so that a rejected call opens none; where there is no transaction, innermost.
 *
 * <p>Spring validates parameters inside a transaction, and an application may order its cache and its security inside,
 * too. They are moved out, to directly before the breaker: a violation is no failure of the service, and a hit no
 * success.
 */
final class AdvisorPlacement {

    private AdvisorPlacement() {}

    static void insert(Advised proxy, GuardedClass type) {
        if (isInserted(proxy, type)) {
            return;
        }
        int fallbackAt = AdviceKind.ASYNC.firstIndex(chain(proxy), -1) + 1;
        int breakerAt = moveGatesOut(proxy, Math.max(breakerIndex(proxy), fallbackAt));
        if (fallbackAt == breakerAt) {
            proxy.addAdvisor(breakerAt, type.breakerAndFallback());
            return;
        }
        proxy.addAdvisor(breakerAt, type.breaker());
        if (type.hasFallbacks()) {
            proxy.addAdvisor(fallbackAt, type.fallback());
        }
    }

    /** A bean may come by twice, such as the object that a factory bean gives out again and again. */
    static boolean isInserted(Advised proxy, GuardedClass type) {
        List<Advisor> chain = chain(proxy);
        return chain.contains(type.breaker()) || chain.contains(type.breakerAndFallback());
    }

    private static int breakerIndex(Advised proxy) {
        List<Advisor> chain = chain(proxy);
        return AdviceKind.TRANSACTION.firstIndex(chain, endsInAdvice(proxy) ? callIndex(chain) : chain.size());
    }

    /** Tells whether calls do not go on to a target: there is none, or it does not have their methods. */
    private static boolean endsInAdvice(Advised proxy) {
        Class<?> target = proxy.getTargetClass();
        return proxy.getTargetSource() instanceof EmptyTargetSource
                || target == null
                || (Receiver.hasMoreInterfaces(proxy.getClass(), target)
                        && chain(proxy).stream().noneMatch(IntroductionAdvisor.class::isInstance));
    }

    /** Finds the first advice that may make a call; further inside not all calls come by. */
    private static int callIndex(List<Advisor> chain) {
        return AdviceKind.REPOSITORY.firstIndex(chain, Math.max(chain.size() - 1, 0));
    }

    /** Moves what stands inside the breaker's place and must not, and gives the place after that. */
    private static int moveGatesOut(Advised proxy, int breakerAt) {
        int place = breakerAt;
        List<Advisor> chain = chain(proxy);
        for (int index = breakerAt; index < chain.size(); index++) {
            Advisor advisor = chain.get(index);
            if (AdviceKind.GATE.includes(advisor)) {
                proxy.removeAdvisor(index);
                proxy.addAdvisor(place++, advisor);
            }
        }
        return place;
    }

    private static List<Advisor> chain(Advised proxy) {
        return List.of(proxy.getAdvisors());
    }
}
