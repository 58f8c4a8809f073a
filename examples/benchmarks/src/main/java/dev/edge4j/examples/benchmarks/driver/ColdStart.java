package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of a process to its first 200, and what memory it holds after 10,000 requests: with the class data that the JVM
 * brings, and with an ahead-of-time cache (JEP 514) that a run with 2,000 requests has left.
 */
final class ColdStart {
  private static final int TRAINING = 2_000;
  private static final int REQUESTS = 10_000;
  private static final List<String> HEAP = List.of("-Xmx256m");

  private record Cell(Subject subject, boolean cached) {}

  private final Launcher launcher;
  private final Settings settings;
  private final List<Subject> subjects;
  private final Medians<Cell> millis = new Medians<>();
  private final Medians<Cell> cpu = new Medians<>();
  private final Medians<Cell> memory = new Medians<>();

  ColdStart(Launcher launcher, Settings settings, List<Subject> subjects) {
    this.launcher = launcher;
    this.settings = settings;
    this.subjects = subjects;
  }

  List<String> measure() throws IOException, InterruptedException {
    for (Subject subject : subjects) {
      train(subject);
    }
    for (int round = 0; round < settings.starts(); round++) {
      System.err.println("Round " + (round + 1) + ": starts");
      for (Subject subject : subjects) {
        start(new Cell(subject, false), HEAP);
        Path cache = cache(subject);
        if (Files.exists(cache)) {
          start(new Cell(subject, true), List.of(HEAP.getFirst(), "-XX:AOTCache=" + cache));
        }
      }
    }
    var lines = new ArrayList<String>(List.of(""));
    lines.add("| default class data -> ahead-of-time cache | start to first 200, ms | CPU until then, ms"
        + " | resident MB after " + REQUESTS + " requests | jars |");
    lines.add("|---|---|---|---|---|");
    for (Subject subject : subjects) {
      lines.add("| " + subject.title() + " | " + both(millis, subject) + " | " + both(cpu, subject) + " | " + both(
          memory,
          subject) + " | " + (subject.isNode() ? "" : launcher.classPath().size(subject)) + " |");
    }
    return lines;
  }

  private void start(Cell cell, List<String> flags) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    Instance instance = launcher.start(cell.subject(), flags);
    if (!instance.awaitFirst()) {
      System.err.println(cell.subject().title() + " did not start: see target/logs");
      return;
    }
    millis.add(cell, (System.nanoTime() - begun) / 1e6);
    cpu.add(cell, instance.cpuMillis());
    H2load.count(Endpoint.PLAINTEXT, instance.port(), REQUESTS);
    memory.add(cell, instance.residentMegabytes());
    instance.stop();
  }

  /** The JVM writes the cache when it ends. */
  private void train(Subject subject) throws IOException, InterruptedException {
    if (subject.isNode()) {
      return;
    }
    System.err.println("Training " + subject.title());
    Path cache = cache(subject);
    Files.deleteIfExists(cache);
    Instance instance = launcher.start(subject, List.of(HEAP.getFirst(), "-XX:AOTCacheOutput=" + cache));
    if (instance.awaitFirst()) {
      H2load.count(Endpoint.PLAINTEXT, instance.port(), TRAINING);
    }
    instance.stop();
    if (!Files.exists(cache)) {
      System.err.println("Without an ahead-of-time cache: " + subject.title() + ", see target/logs");
    }
  }

  private Path cache(Subject subject) {
    return launcher.target().resolve(subject.id() + ".aot").toAbsolutePath();
  }

  private static String both(Medians<Cell> figures, Subject subject) {
    String with = figures.print("%.0f", new Cell(subject, true));
    String plain = figures.print("%.0f", new Cell(subject, false));
    return with.equals("-") ? plain : plain + " -> " + with;
  }
}
