package io.breaker.benchmark.comparison;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes measured rows as Markdown: what was measured on what, the goals, every figure. */
final class Report {

    private final StringBuilder text = new StringBuilder();

    private Report() {}

    static String of(String machine, Duration took, Effort effort, List<Row> rows) {
        Report report = new Report();
        report.line("%s", machine);
        report.line(
                "Up to %d processes per figure, in turn; %d × %d ms each after %d × %d ms of warm-up; %d minutes in all.",
                effort.rounds(),
                effort.iterations(),
                effort.millis(),
                effort.warmUps(),
                effort.millis(),
                (took.toSeconds() + 59) / 60);
        report.goals(rows);
        report.figures(rows);
        return report.text.toString();
    }

    private void goals(List<Row> rows) {
        line("");
        line("| work | goal | at most | measured | |");
        line("|---|---|---:|---:|---|");
        for (Row row : rows) {
            for (Goal goal : row.goals()) {
                String format = "%." + goal.decimals() + "f";
                line(
                        "| %s | %s | " + format + " | " + format + " | %s |",
                        row.work(),
                        goal.text(),
                        goal.limit(),
                        goal.measured().applyAsDouble(row),
                        goal.metBy(row) ? "met" : "**missed**");
            }
        }
    }

    private void figures(List<Row> rows) {
        line("");
        line("| work | who | median | min to max | B/call | times the first |");
        line("|---|---|---:|---:|---:|---:|");
        for (Row row : rows) {
            Figure first = row.figures().values().iterator().next();
            for (Map.Entry<Contender, Figure> entry : row.figures().entrySet()) {
                Figure figure = entry.getValue();
                line(
                        "| %s | %s | %s %s | %s to %s | %s | %.2f |",
                        row.work(),
                        entry.getKey().name(),
                        rounded(figure.median()),
                        row.unit(),
                        rounded(figure.min()),
                        rounded(figure.max()),
                        Double.isNaN(figure.bytesPerCall()) ? "" : String.format("%.0f", figure.bytesPerCall()),
                        figure.median() / first.median());
            }
        }
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
