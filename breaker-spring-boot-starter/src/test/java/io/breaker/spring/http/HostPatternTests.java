package io.breaker.spring.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTests {

    @ParameterizedTest
    @CsvSource({
        "example.com, http://example.com/orders",
        "example.com, https://EXAMPLE.com:8443",
        "Example.com:8443, https://example.com:8443",
        "example.com:443, https://example.com",
        "example.com:80, http://example.com",
        "*.example.com, http://eu.example.com",
        "*.example.com, http://a.eu.example.com",
        "*, http://anything",
        "*:8080, http://anything:8080",
        "127.0.0.1:8080, http://127.0.0.1:8080",
        "[::1]:8080, http://[::1]:8080",
        "[::1], http://[::1]:8080"
    })
    void fits(String pattern, URI target) {
        assertThat(HostPattern.parse(pattern).matches(target)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, http://other.com",
        "example.com, http://eu.example.com",
        "example.com:8443, https://example.com",
        "*.example.com, http://example.com",
        "*.example.com, http://badexample.com",
        "*, /orders"
    })
    void doesNotFit(String pattern, URI target) {
        assertThat(HostPattern.parse(pattern).matches(target)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://example.com",
                "example.com/orders",
                "exa mple",
                "example.com:",
                "*example.com",
                "a:123456"
            })
    void refusesWhatIsNoHost(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostPattern.parse(text))
                .withMessage("hosts must be such as example.com, example.com:8443, *.example.com or *: " + text);
    }

    @Test
    void weighsMoreTheMoreItFixes() {
        assertThat(Stream.of("*", "*:8080", "*.com", "*.example.com", "example.com", "example.com:8080")
                        .map(HostPattern::parse)
                        .map(HostPattern::weight))
                .isSorted();
    }

    @Test
    void namesAHostWithItsPortUnlessThatIsTheOneOfTheScheme() {
        assertThat(HostPattern.hostAndPort(URI.create("https://Example.com:443/a")))
                .isEqualTo("example.com");
        assertThat(HostPattern.hostAndPort(URI.create("http://example.com:443/a")))
                .isEqualTo("example.com:443");
        assertThat(HostPattern.hostAndPort(URI.create("http://user@example.com")))
                .isEqualTo("example.com");
        assertThat(HostPattern.hostAndPort(URI.create("/orders"))).isEmpty();
    }
}
