package io.breaker.benchmark.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The same work done by several contenders, with the goals that rest on it. Not safe for concurrent use. */
public final class Row {

    private final String work;
    private final String unit;
    private final Map<Contender, Figure> figures = new LinkedHashMap<>();
    private final List<Goal> goals = new ArrayList<>();
    private int times = 1;

    private Row(String work, String unit) {
        this.work = work;
        this.unit = unit;
    }

    /**
     * Begins a row.
     *
     * @param work what is done, as it stands in the table
     * @param unit the unit of its figures
     * @return a row without contenders
     */
    public static Row of(String work, String unit) {
        return new Row(work, unit);
    }

    /**
     * Adds a contender. The first one is what the others are set in relation to.
     *
     * @param contender does the work; its name is new in this row
     * @return this row
     */
    public Row with(Contender contender) {
        figures.put(contender, new Figure());
        return this;
    }

    /**
     * Measures more often, where one sample says little.
     *
     * @param factor how many samples there are in place of one, at least 1
     * @return this row
     */
    public Row times(int factor) {
        times = factor;
        return this;
    }

    /**
     * Adds a goal.
     *
     * @param goal is about contenders of this row
     * @return this row
     */
    public Row goal(Goal goal) {
        goals.add(goal);
        return this;
    }

    /** Measures everybody in turn, again and again, so that what disturbs the machine meets all of them. */
    void measure(int wanted) throws Exception {
        int rounds = wanted * times;
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<Contender, Figure> entry : figures.entrySet()) {
                Contender contender = entry.getKey();
                if (round < contender.rounds(rounds)) {
                    Sample sample = contender.measure();
                    entry.getValue().add(sample);
                    System.out.printf("%s | %s | %.1f %s%n", work, contender.name(), sample.value(), unit);
                }
            }
        }
    }

    /**
     * Gives what a contender reached.
     *
     * @param contender its name
     * @return its figure
     * @throws IllegalArgumentException if nobody here has that name
     */
    public Figure figure(String contender) {
        return figures.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(contender))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no contender '" + contender + "' in '" + work + "'"));
    }

    String work() {
        return work;
    }

    String unit() {
        return unit;
    }

    Map<Contender, Figure> figures() {
        return figures;
    }

    List<Goal> goals() {
        return goals;
    }
}
