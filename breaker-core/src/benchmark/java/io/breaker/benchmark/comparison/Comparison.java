package io.breaker.benchmark.comparison;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Measures rows and writes them down. */
public final class Comparison {

    private Comparison() {}

    /**
     * Measures the rows that the effort covers, prints them, and puts them into the page that the system property
     * {@code benchmark.page} names.
     *
     * @param title heads them on the page
     * @param rows all rows
     * @throws Exception if a self-check fails; nothing is written then
     */
    public static void run(String title, List<Row> rows) throws Exception {
        Effort effort = Effort.ofSystemProperties();
        List<Row> covered = rows.stream().filter(effort::covers).toList();
        if (covered.isEmpty()) {
            return;
        }
        Instant start = Instant.now();
        String machine = Machine.describe();
        for (Row row : covered) {
            row.measure(effort.rounds());
        }
        String report = Report.of(machine, Duration.between(start, Instant.now()), effort, covered);
        System.out.println(report);
        Path page = Path.of(System.getProperty("benchmark.page", "target/performance.md"));
        new Page(page).put(title, report);
        System.out.println("Written to " + page.toAbsolutePath());
    }
}
