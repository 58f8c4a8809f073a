package dev.edge4j.examples.benchmarks.driver;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** As many requests for each endpoint as make the just-in-time compiler done with it. */
final class WarmUp {
  /** What blocks needs fewer: most of its time is spent in waiting. */
  private static final int BLOCKING_SHARE = 6;

  private WarmUp() {}

  static void all(Map<Subject, Instance> running, Settings settings, Set<Endpoint> endpoints) throws IOException,
      InterruptedException {
    for (Map.Entry<Subject, Instance> each : running.entrySet()) {
      System.err.println("Warming up " + each.getKey().title());
      for (Endpoint endpoint : endpoints) {
        if (each.getKey().answers(endpoint)) {
          int requests = endpoint.blocks() ? settings.warmUp() / BLOCKING_SHARE : settings.warmUp();
          H2load.count(endpoint, each.getValue().port(), requests);
        }
      }
    }
  }
}
