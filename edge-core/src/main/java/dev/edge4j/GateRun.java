package dev.edge4j;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of a gate on one platform thread, measured from {@link #begin} to {@link #end}; between them the sampler may look. Its
 * thread begins and ends, the sampler's samples.
 */
final class GateRun {
  /** Younger runs are not worth a sample. */
  private static final long SAMPLED_FROM_NANOS = 10_000_000;

  private final Thread thread;
  private final ThreadCounters.Counts before;
  private final long cpuBefore;
  private final long began;
  /** What the last sample saw; the sampler's alone. */
  private long sampledCpu = -1;
  private volatile @Nullable String seen;
  private volatile boolean network;

  private GateRun(Thread thread) {
    this.thread = thread;
    this.before = ThreadCounters.of(thread);
    this.cpuBefore = ThreadCounters.cpuNanos();
    this.began = System.nanoTime();
  }

  /** Begins a run of the current thread, which must be a platform thread. */
  static GateRun begin() {
    return new GateRun(Thread.currentThread());
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
    if (now - began < SAMPLED_FROM_NANOS) {
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
