package dev.edge4j.cache.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Prints what a hit costs, beside Caffeine: in rounds, so that those who are compared take turns, one JVM each; the ratio is taken in
 * each round, since neighbours on the machine change from one to the next.
 */
public final class Benchmarks {
  private static final List<String> SUBJECTS = List.of("caffeine", "plain", "tagged", "stored");

  private final int rounds;
  private final Map<String, List<Double>> nanos = new LinkedHashMap<>();
  private final Map<String, List<Double>> ratios = new LinkedHashMap<>();

  private Benchmarks(int rounds) {
    this.rounds = rounds;
  }

  /** {@code -Dbench.args}: nothing, or {@code quick}. */
  public static void main(String[] args) throws RunnerException {
    var benchmarks = new Benchmarks(System.getProperty("bench.args", "").equals("quick") ? 3 : 9);
    benchmarks.run();
    benchmarks.print();
  }

  private void run() throws RunnerException {
    for (int round = 1; round <= rounds; round++) {
      double caffeine = 0;
      for (String subject : SUBJECTS) {
        double measured = measure(subject);
        caffeine = subject.equals("caffeine") ? measured : caffeine;
        nanos.computeIfAbsent(subject, _ -> new ArrayList<>()).add(measured);
        ratios.computeIfAbsent(subject, _ -> new ArrayList<>()).add(measured / caffeine);
      }
      System.err.printf(Locale.ROOT, "round %d of %d%n", round, rounds);
    }
  }

  private static double measure(String subject) throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder()
        .include(Pattern.quote(HitBenchmark.class.getName() + "." + subject) + "$")
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.milliseconds(700))
        .measurementIterations(5)
        .measurementTime(TimeValue.milliseconds(400))
        .jvmArgs("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "--sun-misc-unsafe-memory-access=allow")
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
    // The quickest iteration: what disturbs only ever slows down.
    return new Runner(options.build()).run()
        .stream()
        .flatMap(result -> result.getBenchmarkResults().stream())
        .flatMap(result -> result.getIterationResults().stream())
        .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
        .min()
        .orElseThrow();
  }

  private void print() {
    System.out.println("| a hit | ns, median of " + rounds
        + " rounds | to Caffeine: least | median | most |\n|---|---|---|---|---|");
    for (String subject : SUBJECTS) {
      List<Double> ratio = ratios.getOrDefault(subject, List.of());
      System.out.printf(Locale.ROOT, "| %s | %.1f | %.2f | %.2f | %.2f |%n", subject,
          median(nanos.getOrDefault(subject, List.of())), Collections.min(ratio), median(ratio), Collections.max(
              ratio));
    }
  }

  private static double median(List<Double> figures) {
    return figures.stream().sorted().toList().get(figures.size() / 2);
  }
}
