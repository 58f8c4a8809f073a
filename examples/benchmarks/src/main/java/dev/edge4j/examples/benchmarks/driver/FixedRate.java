package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Latency of {@code /plaintext} at one rate for all: half of what raw Netty can. Who cannot keep up has a dash. */
final class FixedRate {
  private static final double KEPT = 0.95;

  private final Map<Subject, Instance> running;
  private final Settings settings;
  private final int rate;
  private final Medians<Subject> p50 = new Medians<>();
  private final Medians<Subject> p99 = new Medians<>();

  FixedRate(Map<Subject, Instance> running, Settings settings, double capacity) {
    this.running = running;
    this.settings = settings;
    this.rate = (int) capacity / 2;
  }

  List<String> measure() throws IOException, InterruptedException {
    for (int round = 0; round < settings.rounds(); round++) {
      for (Map.Entry<Subject, Instance> each : running.entrySet()) {
        System.err.println("Round " + (round + 1) + ": latency, " + each.getKey().title());
        H2load.Result result = H2load.rate(Endpoint.PLAINTEXT, each.getValue().port(), rate, settings.seconds());
        if (result.perSecond() > KEPT * rate) {
          p50.add(each.getKey(), result.p50());
          p99.add(each.getKey(), result.p99());
        }
      }
    }
    var lines = new ArrayList<String>(List.of(""));
    lines.add("| plaintext at " + rate + " requests/s | p50, ms | p99, ms | p99, ratio to raw Netty |");
    lines.add("|---|---|---|---|");
    for (Subject subject : running.keySet()) {
      lines.add("| " + subject.title() + " | " + p50.print("%.2f", subject) + " | " + p99.print("%.2f", subject) + " | "
          + p99.ratio(subject, Subject.BASE) + " |");
    }
    return lines;
  }
}
