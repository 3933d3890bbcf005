package io.breaker.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code blocks and tables of one of our documents, so that tests can hold them against the code: a page that is wrong is
 * worse than none.
 *
 * @param text all of it
 * @param blocks in their order
 * @param tables in their order
 */
public record MarkdownPage(String text, List<Block> blocks, List<Table> tables) {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /**
     * A code block.
     *
     * @param section the heading it stands under
     * @param info what stands behind the opening fence
     * @param text its lines, without the last line break
     */
    public record Block(String section, String info, String text) {}

    /**
     * A table.
     *
     * @param section the heading it stands under
     * @param header the names of its columns
     * @param rows its cells
     */
    public record Table(String section, List<String> header, List<List<String>> rows) {}

    /** Reads a page from the folder {@code docs}. */
    public static MarkdownPage of(String name) {
        try {
            return parse(Files.readAllLines(Path.of("..", "docs", name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the pieces of code in a cell. */
    public static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
    }

    /** Gives the only piece of code in a cell. */
    public static String code(String cell) {
        List<String> codes = codes(cell);
        if (codes.size() != 1) {
            throw new AssertionError("one piece of code is expected in: " + cell);
        }
        return codes.get(0);
    }

    /** Gives the rows of all tables that have those columns. */
    public List<List<String>> rows(String... header) {
        List<List<String>> rows = tables.stream()
                .filter(table -> table.header().equals(List.of(header)))
                .flatMap(table -> table.rows().stream())
                .toList();
        if (rows.isEmpty()) {
            throw new AssertionError("no table has the columns " + List.of(header));
        }
        return rows;
    }

    private static MarkdownPage parse(List<String> lines) {
        MarkdownPage page = new MarkdownPage(String.join("\n", lines), new ArrayList<>(), new ArrayList<>());
        String section = "";
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("```")) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
                page.blocks.add(new Block(section, line.substring(3), String.join("\n", lines.subList(i + 1, end))));
                i = end;
            } else if (line.startsWith("#")) {
                section = line.replaceFirst("#+ ", "");
            } else if (line.startsWith("|")) {
                int end = i;
                while (end < lines.size() && lines.get(end).startsWith("|")) {
                    end++;
                }
                page.tables.add(table(section, lines.subList(i, end)));
                i = end - 1;
            }
        }
        return page;
    }

    private static Table table(String section, List<String> lines) {
        List<List<String>> rows = lines.stream().map(MarkdownPage::cells).toList();
        return new Table(section, rows.get(0), rows.subList(2, rows.size()));
    }

    /** A bar inside of a cell is written with a backslash. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        Matcher cell = Pattern.compile("\\|((?:[^|\\\\]|\\\\.)*)(?=\\|)").matcher(line);
        while (cell.find()) {
            cells.add(cell.group(1).strip().replace("\\|", "|"));
        }
        return cells;
    }
}
