package io.breaker.benchmark.comparison;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures one JMH benchmark, each time in one fresh process. Immutable.
 *
 * @param name the name in its row
 * @param type holds the benchmark
 * @param method the benchmark
 * @param threads how many threads call at once, at least 1
 * @param settings values of JMH parameters that differ from the defaults
 * @param part of a group: the method whose figure counts; empty for the benchmark as a whole
 * @param classPath of the measured process
 * @param pace how much time it gets
 */
public record JmhContender(
        String name,
        Class<?> type,
        String method,
        int threads,
        Map<String, String> settings,
        String part,
        ClassPath classPath,
        Pace pace)
        implements Contender {

    private static final String BYTES_PER_CALL = "gc.alloc.rate.norm";

    /**
     * Makes a contender with one thread, default settings and the whole class path.
     *
     * @param name the name in its row
     * @param type holds the benchmark
     * @param method the benchmark
     * @return the contender
     */
    public static JmhContender of(String name, Class<?> type, String method) {
        return new JmhContender(name, type, method, 1, Map.of(), "", ClassPath.whole(), Pace.GOAL);
    }

    /**
     * Changes the number of threads.
     *
     * @param count how many threads call at once, at least 1
     * @return the changed contender
     */
    public JmhContender threads(int count) {
        return new JmhContender(name, type, method, count, settings, part, classPath, pace);
    }

    /**
     * Changes the values of JMH parameters.
     *
     * @param values all that differ from the defaults
     * @return the changed contender
     */
    public JmhContender settings(Map<String, String> values) {
        return new JmhContender(name, type, method, threads, values, part, classPath, pace);
    }

    /**
     * Picks one method of a group.
     *
     * @param methodOfGroup the method whose figure counts
     * @return the changed contender
     */
    public JmhContender part(String methodOfGroup) {
        return new JmhContender(name, type, method, threads, settings, methodOfGroup, classPath, pace);
    }

    /**
     * Changes the class path.
     *
     * @param path of the measured process
     * @return the changed contender
     */
    public JmhContender classPath(ClassPath path) {
        return new JmhContender(name, type, method, threads, settings, part, path, pace);
    }

    /**
     * Changes how much time it gets.
     *
     * @param newPace how much time it gets
     * @return the changed contender
     */
    public JmhContender pace(Pace newPace) {
        return new JmhContender(name, type, method, threads, settings, part, classPath, newPace);
    }

    @Override
    public int rounds(int wanted) {
        return pace.rounds(wanted);
    }

    @Override
    public Sample measure() throws RunnerException {
        // JMH has no option for it: it gives each process that it starts what this property says.
        String own = System.setProperty("java.class.path", classPath.toString());
        try {
            RunResult result = new Runner(options(Effort.ofSystemProperties()).build()).runSingle();
            Result<?> figure = part.isEmpty()
                    ? result.getPrimaryResult()
                    : result.getSecondaryResults().get(part);
            Result<?> bytes = result.getSecondaryResults().get(BYTES_PER_CALL);
            return new Sample(figure.getScore(), bytes.getScore());
        } finally {
            System.setProperty("java.class.path", own);
        }
    }

    private ChainedOptionsBuilder options(Effort effort) {
        TimeValue length = TimeValue.milliseconds(effort.millis());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(type.getName() + "." + method) + "$")
                .forks(1)
                .threads(threads)
                .warmupIterations(pace.warmUps(effort.warmUps()))
                .warmupTime(length)
                .measurementIterations(effort.iterations())
                .measurementTime(length)
                .timeUnit(TimeUnit.NANOSECONDS)
                .addProfiler(GCProfiler.class)
                // A self-check that fails ends the whole comparison, and no figure of that process is printed.
                .shouldFailOnError(true)
                .output("target/jmh.log")
                .verbosity(VerboseMode.SILENT);
        settings.forEach(options::param);
        return options;
    }
}
