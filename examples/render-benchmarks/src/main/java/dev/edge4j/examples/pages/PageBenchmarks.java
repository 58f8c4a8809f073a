package dev.edge4j.examples.pages;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Sees that all engines make the same page, lets them take turns in one virtual machine for the ratios, measures what a page allocates, and
 * prints both.
 */
public final class PageBenchmarks {
  private PageBenchmarks() {}

  public static void main(String[] arguments) throws Exception {
    requireSamePages();
    boolean quick = System.getProperty("bench.args", "").contains("quick");
    RunResult turns = new Runner(options(TurnsBenchmark.class).forks(quick ? 1 : 5)
        .warmupIterations(6)
        .measurementIterations(quick ? 8 : 15)
        .build()).runSingle();
    Map<String, Double> allocated = new HashMap<>();
    new Runner(options(PageBenchmark.class).forks(1)
        .warmupIterations(3)
        .measurementIterations(1)
        .addProfiler(
            GCProfiler.class)
        .build()).run()
        .forEach(each -> allocated.put(each.getParams().getParam("subject"), each.getSecondaryResults()
            .get("gc.alloc.rate.norm")
            .getScore() / 1024));
    print(turns, allocated);
  }

  private static ChainedOptionsBuilder options(Class<?> benchmark) {
    return new OptionsBuilder().include(benchmark.getName())
        .warmupTime(TimeValue.seconds(1))
        .measurementTime(TimeValue.seconds(1));
  }

  private static void requireSamePages() {
    ListPage page = ListPage.sample();
    String expected = text(Engine.MUSTACHE_JAVA, page);
    for (Engine engine : Engine.values()) {
      if (!text(engine, page).equals(expected)) {
        throw new IllegalStateException(engine + " makes another page:\n" + text(engine, page) + "\n" + expected);
      }
    }
    System.out.println("all engines make the same page of " + Engine.EDGE4J.render(page).length + " bytes");
  }

  /** Without white space between elements, and with one spelling of each entity. */
  private static String text(Engine engine, ListPage page) {
    return new String(engine.render(page), StandardCharsets.UTF_8).replace("&#61;", "=")
        .replace("&#38;", "&amp;")
        .replaceAll("\\s+", " ")
        .replaceAll("> <", "><");
  }

  private static void print(RunResult turns, Map<String, Double> allocated) {
    System.out.println("| page | takes, of Edge4J's time | in single virtual machines | allocated |");
    System.out.println("|---|---|---|---|");
    for (Subject subject : Subject.values()) {
      double[] times = turns.getBenchmarkResults()
          .stream()
          .mapToDouble(fork -> Spent.of(fork, subject) / Spent.of(fork, Subject.EDGE4J))
          .sorted()
          .toArray();
      System.out.printf(Locale.ROOT, "| %s | %.2f x | %.2f to %.2f | %,.1f KiB |%n", subject, times[times.length / 2],
          times[0], times[times.length - 1], allocated.get(subject.name()));
    }
  }
}
