package dev.edge4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many event loops share one sampler: that it makes them wait for each other must not be held against their gates. */
class TheWatchItselfIsNoFaultOfAGateTest {
  private static final int THREADS = 16;
  private static final int RUNS = 20_000;

  @Test
  void aGateThatDoesNothingNeverBlocks() throws Exception {
    var watch = new GateWatch();
    Gate gate = c -> Verdict.pass();
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Integer>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        running.add(threads.submit(() -> run(watch, gate)));
      }
      for (Future<Integer> each : running) {
        assertEquals(RUNS, each.get());
      }
    }
  }

  private static int run(GateWatch watch, Gate gate) {
    int passed = 0;
    for (int i = 0; i < RUNS; i++) {
      passed += watch.watch(gate, "after", () -> "a gate", () -> 1);
    }
    return passed;
  }
}
