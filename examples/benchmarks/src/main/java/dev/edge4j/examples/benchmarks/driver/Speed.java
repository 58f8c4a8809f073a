package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Requests a second and CPU for each, in rounds in which the servers take turns, each round beginning with another. */
final class Speed {
  private static final int CONNECTIONS = 64;

  private record Cell(Subject subject, Endpoint endpoint) {}

  private final Map<Subject, Instance> running;
  private final Settings settings;
  private final Set<Endpoint> endpoints;
  private final Wrk wrk;
  private final Medians<Cell> rates = new Medians<>();
  private final Medians<Cell> cpu = new Medians<>();

  Speed(Map<Subject, Instance> running, Settings settings, Set<Endpoint> endpoints, Wrk wrk) {
    this.running = running;
    this.settings = settings;
    this.endpoints = endpoints;
    this.wrk = wrk;
  }

  List<String> measure() throws IOException, InterruptedException {
    for (Endpoint endpoint : endpoints) {
      for (int round = 0; round < settings.rounds(); round++) {
        System.err.println("Round " + (round + 1) + ": " + endpoint.title());
        List<Subject> order = new ArrayList<>(running.keySet());
        Collections.rotate(order, -round);
        for (Subject subject : order) {
          load(subject, endpoint);
        }
      }
    }
    List<Endpoint> light = endpoints.stream().filter(each -> !each.blocks()).toList();
    List<Endpoint> blocking = endpoints.stream().filter(Endpoint::blocks).toList();
    var lines = new ArrayList<String>();
    lines.addAll(table("requests/s, ratio to raw Netty inline", light, this::ratio));
    lines.addAll(table("microseconds of CPU for each", light, cell -> cpu.print("%.1f", cell)));
    lines.addAll(table("requests/s, and CPU for each", blocking, cell -> rates.median(cell).isEmpty()
        ? "-"
        : rates.print("%.0f", cell) + ", " + cpu.print("%.1f us", cell)));
    return lines;
  }

  /** Requests a second of raw Netty at the first endpoint: measured now if it has not been. */
  double capacity() throws IOException, InterruptedException {
    var cell = new Cell(Subject.BASE, Endpoint.PLAINTEXT);
    OptionalDouble known = rates.median(cell);
    if (known.isEmpty()) {
      load(cell.subject(), cell.endpoint());
    }
    return rates.median(cell).orElseThrow();
  }

  private void load(Subject subject, Endpoint endpoint) throws IOException, InterruptedException {
    Instance instance = running.get(subject);
    if (instance == null || !subject.answers(endpoint)) {
      return;
    }
    double before = instance.cpuMillis();
    Wrk.Result result = wrk.run(endpoint, instance.port(), CONNECTIONS, settings.seconds());
    var cell = new Cell(subject, endpoint);
    rates.add(cell, result.perSecond());
    cpu.add(cell, (instance.cpuMillis() - before) * 1_000 / result.requests());
  }

  private List<String> table(String title, List<Endpoint> endpoints, Function<Cell, String> figure) {
    if (endpoints.isEmpty()) {
      return List.of();
    }
    var lines = new ArrayList<String>(List.of(""));
    lines.add("| " + title + " | " + endpoints.stream().map(Endpoint::title).collect(Collectors.joining(" | ")) + " |");
    lines.add("|---|" + "---|".repeat(endpoints.size()));
    for (Subject subject : running.keySet()) {
      lines.add("| " + subject.title() + " | " + endpoints.stream()
          .map(endpoint -> figure.apply(new Cell(subject, endpoint)))
          .collect(Collectors.joining(" | ")) + " |");
    }
    return lines;
  }

  private String ratio(Cell cell) {
    var base = new Cell(Subject.BASE, cell.endpoint());
    return cell.equals(base) ? "1 (" + rates.print("%.0f", base) + "/s)" : rates.ratio(cell, base);
  }
}
