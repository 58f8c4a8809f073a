package dev.edge4j;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a gate on the platform thread that makes this, measured from {@link #begin} to {@link #end}; between them the sampler
 * may look. Its thread begins and ends, the sampler's samples.
 */
final class GateRun {
  /** Younger runs are not worth a sample. */
  private static final long SAMPLED_FROM_NANOS = 10_000_000;

  private final Thread thread = Thread.currentThread();
  private ThreadCounters.Counts before = ThreadCounters.NONE;
  private long cpuBefore;
  private long began;
  /** What the last sample saw; the sampler's alone. */
  private long sampledCpu = -1;
  /** Written after what {@link #begin} measures and read before it by the sampler. */
  private volatile boolean running;
  private volatile @Nullable String seen;
  private volatile boolean network;

  /** Reads the counters of the current thread, which made this; nothing that may wait comes between this and the gate. */
  void begin() {
    before = ThreadCounters.of(thread);
    cpuBefore = ThreadCounters.cpuNanos();
    began = System.nanoTime();
    running = true;
  }

  GateReading end() {
    long wall = System.nanoTime() - began;
    long cpu = ThreadCounters.cpuNanos() - cpuBefore;
    ThreadCounters.Counts after = ThreadCounters.of(thread);
    return new GateReading(after.waits() - before.waits(), after.locks() - before.locks(), wall, cpu,
        Optional.ofNullable(seen), network);
  }

  /** Looks where the thread stands, if it has for a while; on the sampler's thread. */
  void sample(long now) {
    if (!running || now - began < SAMPLED_FROM_NANOS) {
      return;
    }
    long cpu = ThreadCounters.cpuNanos(thread);
    if (cpu >= 0 && cpu == sampledCpu) {
      StackTraceElement[] stack = thread.getStackTrace();
      if (ThreadCounters.cpuNanos(thread) == cpu) {
        StandStill.of(stack).ifPresent(this::found);
      }
    }
    sampledCpu = cpu;
  }

  private void found(StandStill place) {
    seen = place.text();
    network |= place.isNetwork();
  }
}
