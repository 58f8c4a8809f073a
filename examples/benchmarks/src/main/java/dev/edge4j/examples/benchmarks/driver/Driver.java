package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Measures and prints the server's tables of {@code docs/performance.md}. Progress goes to the standard error. */
public final class Driver {
  private Driver() {}

  /** {@code -Dbench.args}: see {@link Settings#of}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Settings settings = Settings.of(System.getProperty("bench.args", ""));
    Path target = Files.createDirectories(Path.of(System.getProperty("bench.target", "target")));
    Tools.check();
    String machine = machine(settings); // while all processors are seen
    Tools.pinMyself();
    var launcher = new Launcher(target, settings);
    List<String> lines = new ArrayList<>();
    lines.add(machine);
    try (launcher) {
      List<Subject> subjects = Node.without(settings.subjects(), target);
      if (settings.measures(Part.SPEED) || settings.measures(Part.LATENCY) || settings.measures(Part.BURN)) {
        Map<Subject, Instance> running = launcher.startAll(subjects);
        Agreement.check(running, settings.endpoints(false));
        lines.addAll(underLoad(settings, running, new Wrk(target)));
        running.values().forEach(Instance::stop);
      }
      if (settings.measures(Part.CACHE)) {
        lines.addAll(caches(settings, launcher, new Wrk(target)));
      }
      if (settings.measures(Part.START)) {
        lines.addAll(new ColdStart(launcher, settings, subjects).measure());
      }
    }
    String markdown = String.join("\n", lines);
    System.out.println(markdown);
    Files.writeString(target.resolve("http-benchmarks.md"), markdown + "\n");
  }

  private static List<String> caches(Settings settings, Launcher launcher, Wrk wrk)
      throws IOException, InterruptedException {
    Map<Subject, Instance> running = launcher.startAll(NativeCache.installed(settings.caches()));
    Agreement.check(running, settings.endpoints(true));
    Agreement.checkHits(running, settings.endpoints(true));
    WarmUp.all(running, settings, settings.endpoints(true));
    List<String> lines = new Speed(running, settings, settings.endpoints(true), wrk).measure();
    running.values().forEach(Instance::stop);
    return lines;
  }

  private static List<String> underLoad(Settings settings, Map<Subject, Instance> running, Wrk wrk)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    WarmUp.all(running, settings, settings.endpoints(false));
    var speed = new Speed(running, settings, settings.endpoints(false), wrk);
    if (settings.measures(Part.SPEED)) {
      lines.addAll(speed.measure());
    }
    if (settings.measures(Part.LATENCY)) {
      lines.addAll(new FixedRate(running, settings, speed.capacity()).measure());
    }
    if (settings.measures(Part.BURN)) {
      lines.addAll(new Burner(running, settings, wrk).measure());
    }
    return lines;
  }

  private static String machine(Settings settings) {
    return "%s, 2 of %d processors, Java %s; %s, one event loop, SerialGC, 256 MB; rounds: %d of %d s.".formatted(System
        .getProperty("os.arch"), Runtime.getRuntime().availableProcessors(), Runtime.version(), settings.transport(),
        settings.rounds(), settings.seconds());
  }
}
