package io.breaker.benchmark.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Markdown page of which some sections are measured and the rest is written by hand. A measured section stands between
 * two comments that name it; the page may hold it anywhere.
 *
 * @param file where it is; need not exist
 */
record Page(Path file) {

    /** Puts a section in the place of the one of that title, or at the end where there is none. */
    void put(String title, String section) throws IOException {
        String begin = "<!-- measured: " + title + " -->\n";
        String end = "<!-- end of measured: " + title + " -->\n";
        String page = Files.exists(file) ? Files.readString(file) : "# Performance\n";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        if (from < 0 || to < from) {
            page += "\n## " + title + "\n\n" + begin + end;
            from = page.indexOf(begin);
            to = page.indexOf(end);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, page.substring(0, from) + begin + section + page.substring(to));
    }
}
