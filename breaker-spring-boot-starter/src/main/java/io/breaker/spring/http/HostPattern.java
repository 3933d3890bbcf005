package io.breaker.spring.http;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Hosts that a setting speaks of: {@code example.com} on every port, {@code example.com:8443}, {@code *.example.com} for
 * all hosts below it, or {@code *} for all.
 *
 * @param text in lower case
 */
record HostPattern(String text) {

    private static final Pattern TEXT =
            Pattern.compile("(?:\\*|(?:\\*\\.)?[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?|\\[[0-9a-f:.]+])(?::[0-9]{1,5})?");

    private static final int HIGHEST_PORT = 65_535;

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException if it is something else, such as a URL
     */
    static HostPattern parse(String text) {
        String lowerCase = text.strip().toLowerCase(Locale.ROOT);
        if (!TEXT.matcher(lowerCase).matches()) {
            throw new IllegalArgumentException(
                    "hosts must be such as example.com, example.com:8443, *.example.com or *: " + text);
        }
        HostPattern pattern = new HostPattern(lowerCase);
        if (pattern.portAt() >= 0 && !isPort(lowerCase.substring(pattern.portAt() + 1))) {
            throw new IllegalArgumentException("a port must be 1 to " + HIGHEST_PORT + ": " + text);
        }
        return pattern;
    }

    private static boolean isPort(String digits) {
        int port = Integer.parseInt(digits);
        return port >= 1 && port <= HIGHEST_PORT;
    }

    /** Gives host and port of a call, the port only where it is not that of the scheme; empty for a URI without a host. */
    static String hostAndPort(URI target) {
        String host = target.getHost();
        if (host == null) {
            return "";
        }
        boolean standardPort = target.getPort() < 0 || target.getPort() == standardPort(target);
        return (standardPort ? host : host + ":" + target.getPort()).toLowerCase(Locale.ROOT);
    }

    boolean matches(URI target) {
        String host = target.getHost();
        if (host == null) {
            return false;
        }
        int port = target.getPort() < 0 ? standardPort(target) : target.getPort();
        return matches(host.toLowerCase(Locale.ROOT), port);
    }

    private boolean matches(String host, int port) {
        if (portAt() >= 0 && Integer.parseInt(text.substring(portAt() + 1)) != port) {
            return false;
        }
        String name = name();
        return name.equals("*") || (name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name));
    }

    /** Says how much it fixes, first of the host, then of the port: of two that match, the higher one counts. */
    int weight() {
        int exact = text.startsWith("*") ? 0 : 10_000;
        return 2 * (exact + name().length()) + (portAt() < 0 ? 0 : 1);
    }

    private String name() {
        return portAt() < 0 ? text : text.substring(0, portAt());
    }

    private int portAt() {
        int colon = text.lastIndexOf(':');
        return colon > text.lastIndexOf(']') ? colon : -1;
    }

    private static int standardPort(URI target) {
        return "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
    }
}
