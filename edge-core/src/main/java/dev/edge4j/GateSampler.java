package dev.edge4j;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks at runs of gates that take long: a thread that blocks in native code raises no counter. One daemon for the process. */
final class GateSampler {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final Set<GateRun> RUNS = ConcurrentHashMap.newKeySet();

  private GateSampler() {}

  /** To be called once, before the first run is measured: starting a thread is work. */
  static void start() {
    var _ = Thread.ofPlatform().daemon().name("edge4j-gates").start(GateSampler::loop);
  }

  static void add(GateRun run) {
    RUNS.add(run);
  }

  static void remove(GateRun run) {
    RUNS.remove(run);
  }

  private static void loop() {
    while (true) {
      LockSupport.parkNanos(PERIOD_NANOS);
      long now = System.nanoTime();
      RUNS.forEach(run -> run.sample(now));
    }
  }
}
