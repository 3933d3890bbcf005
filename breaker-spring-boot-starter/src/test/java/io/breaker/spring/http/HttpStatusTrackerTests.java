package io.breaker.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.breaker.circuitbreaker.tracker.Tracker;
import io.breaker.expression.ExpressionException;
import io.breaker.expression.Vocabulary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientResponseException;
import org.springframework.web.client.UnknownHttpStatusCodeException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.server.ResponseStatusException;

class HttpStatusTrackerTests {

    private static final Vocabulary<Tracker> VOCABULARY = Tracker.vocabulary().union(HttpStatusTracker.vocabulary());

    @Test
    void tracksTheStatusOfAResponseThatNoExceptionWasMadeOf() {
        FailedStatusException failure = new FailedStatusException(503, Optional.empty());

        assertThat(HttpStatusTracker.of("503").tracks(failure)).isTrue();
        assertThat(HttpStatusTracker.of("500").tracks(failure)).isFalse();
    }

    @Test
    void tracksTheStatusThatAnExceptionCarries() {
        Tracker tracker = HttpStatusTracker.of("5xx", "429");

        assertThat(tracker.tracks(new HttpServerErrorException(HttpStatus.BAD_GATEWAY)))
                .isTrue();
        assertThat(tracker.tracks(new HttpClientErrorException(HttpStatus.TOO_MANY_REQUESTS)))
                .isTrue();
        assertThat(tracker.tracks(new HttpClientErrorException(HttpStatus.NOT_FOUND)))
                .isFalse();
        assertThat(tracker.tracks(new UnknownHttpStatusCodeException(599, "", null, null, null)))
                .isTrue();
        assertThat(tracker.tracks(new RestClientResponseException("", 503, "", null, null, null)))
                .isTrue();
        assertThat(tracker.tracks(new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE)))
                .isTrue();
        assertThat(tracker.tracks(new ResponseStatusException(HttpStatus.FORBIDDEN)))
                .isFalse();
        assertThat(tracker.tracks(webClientException(500))).isTrue();
        assertThat(tracker.tracks(webClientException(400))).isFalse();
    }

    @Test
    void doesNotTrackWhatCarriesNoStatus() {
        Tracker all = HttpStatusTracker.of("1xx", "2xx", "3xx", "4xx", "5xx");

        assertThat(all.tracks(new IOException())).isFalse();
        assertThat(all.tracks(new ResourceAccessException("refused"))).isFalse();
    }

    @Test
    void countsAllButTheMistakesOfClientsByDefault() {
        Tracker tracker = HttpStatusTracker.allButClientErrors();

        assertThat(tracker).hasToString("!httpStatus(4xx) | httpStatus(408, 429)");
        assertThat(tracker.tracks(new HttpClientErrorException(HttpStatus.NOT_FOUND)))
                .isFalse();
        assertThat(tracker.tracks(new HttpClientErrorException(HttpStatus.REQUEST_TIMEOUT)))
                .isTrue();
        assertThat(tracker.tracks(new HttpClientErrorException(HttpStatus.TOO_MANY_REQUESTS)))
                .isTrue();
        assertThat(tracker.tracks(new HttpServerErrorException(HttpStatus.BAD_GATEWAY)))
                .isTrue();
        assertThat(tracker.tracks(new IOException())).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"httpStatus(5xx)", "httpStatus(5xx, 429)", "!httpStatus(404) & httpStatus(4xx)"})
    void textReadsBackToAnEqualTracker(String text) {
        Tracker tracker = Tracker.parse(text, VOCABULARY);

        assertThat(tracker).hasToString(text);
        assertThat(Tracker.parse(tracker.text(), VOCABULARY)).isEqualTo(tracker).hasSameHashCodeAs(tracker);
        assertThat(tracker).isNotEqualTo(HttpStatusTracker.of("418"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"httpStatus(5xx, 600);16", "httpStatus(99);11", "httpStatus(4XX);11", "httpStatus(oops);11"})
    void refusesWhatIsNoStatus(String text, int position) {
        assertThatExceptionOfType(ExpressionException.class)
                .isThrownBy(() -> Tracker.parse(text, VOCABULARY))
                .withMessageContaining("status must be 100 to 599, or one of 1xx to 5xx: ")
                .satisfies(fault -> assertThat(fault.position()).isEqualTo(position));
    }

    @Test
    void refusesNoStatusAtAll() {
        assertThatIllegalArgumentException()
                .isThrownBy(HttpStatusTracker::of)
                .withMessage("httpStatus must have at least one status");
        assertThatExceptionOfType(ExpressionException.class).isThrownBy(() -> Tracker.parse("httpStatus", VOCABULARY));
    }

    private static WebClientResponseException webClientException(int status) {
        return WebClientResponseException.create(status, "", new HttpHeaders(), new byte[0], StandardCharsets.UTF_8);
    }
}
