package dev.edge4j.examples.pages;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Sees that all engines make the same page, measures them in one run, and prints ratios. */
public final class PageBenchmarks {
  private PageBenchmarks() {}

  public static void main(String[] arguments) throws Exception {
    requireSamePages();
    boolean quick = System.getProperty("bench.args", "").contains("quick");
    var options = new OptionsBuilder().include(PageBenchmark.class.getName())
        .include(DonutBenchmark.class.getName())
        .forks(quick ? 1 : 3)
        .warmupIterations(quick ? 3 : 5)
        .measurementIterations(quick ? 3 : 5)
        .warmupTime(TimeValue.seconds(1))
        .measurementTime(TimeValue.seconds(1))
        .addProfiler(GCProfiler.class)
        .build();
    print(new Runner(options).run());
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

  private static void print(Collection<RunResult> results) {
    Map<Engine, RunResult> byEngine = new TreeMap<>();
    Map<String, RunResult> donut = new TreeMap<>();
    for (RunResult each : results) {
      if (each.getParams().getParamsKeys().contains("engine")) {
        byEngine.put(Engine.valueOf(each.getParams().getParam("engine")), each);
      } else {
        donut.put(each.getPrimaryResult().getLabel(), each);
      }
    }
    double ours = score(byEngine.get(Engine.EDGE4J));
    System.out.println("| engine | Edge4J is | pages/s | allocated per page |");
    System.out.println("|---|---|---|---|");
    byEngine.forEach((engine, result) -> System.out.printf(Locale.ROOT, "| %s | %.2f x | %,.0f | %,.1f KiB |%n", engine,
        ours / score(
            result), score(result), allocated(result)));
    RunResult kept = donut.get("kept");
    RunResult whole = donut.get("whole");
    System.out.printf(Locale.ROOT,
        "a page from kept segments takes %.2f of the time of the whole one (%.1f and %.1f KiB allocated)%n", score(
            whole)
            / score(kept), allocated(kept), allocated(whole));
  }

  private static double allocated(RunResult result) {
    return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore() / 1024;
  }

  private static double score(RunResult result) {
    return result.getPrimaryResult().getScore();
  }
}
