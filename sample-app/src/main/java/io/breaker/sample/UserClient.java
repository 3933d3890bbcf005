package io.breaker.sample;

import io.breaker.fallback.Fallback;
import io.breaker.sample.UserProfile.Source;
import io.breaker.spring.annotation.CircuitBreaker;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Asks the user service who a customer is. An order does not need that, so there is always an answer: from the service,
 * else from the cache, else one that suits everybody.
 */
@Component
class UserClient {

    private static final Logger LOG = LoggerFactory.getLogger(UserClient.class);
    private static final int MOST_PROFILES = 1000;

    private final Map<String, UserProfile> cache = Collections.synchronizedMap(new LeastRecentlyUsed<>());
    private final RestClient http;

    UserClient(LocalServer server) {
        this.http = server.client("/downstream/user", Duration.ofSeconds(2));
    }

    @CircuitBreaker(
            name = "user",
            tripper = "minRequests(5) & (failureRate(0.5) | slowRate(0.5, 1s))",
            fallbackMethod = "lastKnown")
    UserProfile find(String id) {
        User user = http.get().uri("/users/{id}", id).retrieve().requiredBody(User.class);
        UserProfile profile = new UserProfile(user.id(), user.name(), Source.SERVICE);
        cache.put(id, profile.from(Source.CACHE));
        return profile;
    }

    /** Answers what was known last. Where that fails too, because the customer is new, the next fallback answers. */
    UserProfile lastKnown(String id, Exception failure) {
        LOG.debug("The profile of {} is not read from its service: {}", id, failure.getMessage());
        return Fallback.of(NoSuchElementException.class, unknown -> new UserProfile(id, "Guest", Source.DEFAULT))
                .get(() -> cached(id));
    }

    private UserProfile cached(String id) {
        UserProfile known = cache.get(id);
        if (known == null) {
            throw new NoSuchElementException("customer " + id + " was never seen");
        }
        return known;
    }

    /** The answer of the user service. */
    private record User(String id, String name) {}

    /** Keeps the profiles in use; a cache without a bound would grow with whatever customers send. */
    private static final class LeastRecentlyUsed<K, V> extends LinkedHashMap<K, V> {

        private static final long serialVersionUID = 1L;

        LeastRecentlyUsed() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST_PROFILES;
        }
    }
}
