package dev.edge4j.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;

/** Measures everything and prints the tables of {@code docs/performance.md}. Progress goes to the standard error. */
public final class Benchmarks {
  private final Settings settings;
  private final JavaRouters java;
  private final Optional<NodeRouters> node;
  private final Figures figures = new Figures();
  private final Map<String, String> refusals = new LinkedHashMap<>();

  private Benchmarks(Settings settings, Optional<NodeRouters> node) {
    this.settings = settings;
    this.java = new JavaRouters(settings);
    this.node = node;
  }

  /** {@code -Dbench.args}: nothing, or {@code quick}. */
  public static void main(String[] args) throws RunnerException, InterruptedException {
    Settings settings = Settings.of(System.getProperty("bench.args", ""));
    for (Workload workload : Workload.values()) {
      Agreement.check(workload);
    }
    Path target = Path.of(System.getProperty("bench.target", "target/bench"));
    var benchmarks = new Benchmarks(settings, NodeRouters.install(target, settings));
    benchmarks.count();
    for (int round = 1; round <= settings.rounds(); round++) {
      benchmarks.round(round);
    }
    System.out.println(new Report(benchmarks.figures, benchmarks.refusals, benchmarks.machine()).markdown());
  }

  private void round(int round) throws RunnerException, InterruptedException {
    for (Workload workload : Workload.TIMED) {
      progress("Round " + round + ": lookups, " + workload.title());
      for (Subject subject : List.of(Subject.FLOOR, Subject.EDGE4J)) {
        figures.add(key(Figures.Kind.LOOKUP, workload, subject), java.lookups(workload, subject));
      }
      for (Subject subject : workload.nodeSubjects()) {
        onNode(workload, subject);
      }
    }
    for (Workload workload : Workload.WHOLE) {
      progress("Round " + round + ": pipeline, " + workload.title());
      for (int middleware : new int[]{0, 5}) {
        figures.add(new Figures.Key(Figures.Kind.PIPELINE, workload, Subject.EDGE4J, "" + middleware),
            java.pipeline(workload, middleware));
      }
    }
    for (Gates gates : Gates.values()) {
      progress("Round " + round + ": gates, " + gates.title());
      figures.add(Figures.key(gates), java.gates(gates));
    }
  }

  /** Once: it is the same in every round. */
  private void count() throws RunnerException {
    for (Workload workload : Workload.COUNTED) {
      progress("Bytes, " + workload.title());
      for (Subject subject : List.of(Subject.FLOOR, Subject.EDGE4J)) {
        figures.add(key(Figures.Kind.ALLOCATION, workload, subject), java.bytes(workload, subject));
      }
    }
  }

  private void onNode(Workload workload, Subject subject) throws InterruptedException {
    if (node.isEmpty()) {
      return;
    }
    NodeRouters.Answer answer = node.get().lookups(workload, subject);
    answer.refusal().ifPresent(refusal -> refusals.put(workload + subject.title(), subject.title() + " " + refusal));
    if (!answer.samples().isEmpty()) {
      figures.add(key(Figures.Kind.LOOKUP, workload, subject), answer.samples());
    }
  }

  private static Figures.Key key(Figures.Kind kind, Workload workload, Subject subject) {
    return new Figures.Key(kind, workload, subject, "");
  }

  private static void progress(String what) {
    System.err.println(what);
  }

  private String machine() {
    return "%s %s, %d processors, Java %s, Node %s, rounds: %d of %d times %d ms.".formatted(System.getProperty(
        "os.name"),
        System.getProperty("os.arch"), Runtime.getRuntime().availableProcessors(), Runtime.version(),
        node.map(NodeRouters::version).orElse("not there"), settings.rounds(), settings.iterations(), settings
            .length());
  }
}
