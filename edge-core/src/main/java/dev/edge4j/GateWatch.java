package dev.edge4j;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the gates of one application, in debug and in tests: each half runs on a thread that fails if it parks, with a budget of CPU
 * ({@link GateRecord}). Parks, sleeps, waits and locks are counted by the virtual machine, so none is missed; what blocks in native
 * code is found by {@link GateSampler}. Code on a virtual thread may block and is not watched. Safe for use by many threads.
 */
final class GateWatch {
  /** Whether gates are watched at all; without it, a constant is all that this costs. */
  static final boolean ON = isWanted(System.getProperty("edge4j.gates", ""), GateWatch.class.desiredAssertionStatus());

  private static final Logger LOG = LoggerFactory.getLogger(GateWatch.class);

  /** One half of one gate, itself and not its equal. */
  private record Half(Object gate, String name) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Half half && half.gate == gate && half.name.equals(name);
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(gate) * 31 + name.hashCode();
    }
  }

  /** What is watched. */
  @FunctionalInterface
  interface Code<T, E extends Exception> {
    T run() throws E;
  }

  private final ConcurrentMap<Half, GateRecord> records = new ConcurrentHashMap<>();

  static boolean isWanted(String property, boolean assertions) {
    return switch (property) {
      case "watch" -> true;
      case "off" -> false;
      default -> assertions;
    };
  }

  /**
   * Runs one half of a gate. Throws {@link GateBlockedError} if it broke its promise, with what it threw itself as suppressed.
   *
   * @param half {@code before}, {@code after} or {@code handle}
   * @param name how the gate is named in an error
   */
  <T, E extends Exception> T watch(Object gate, String half, Supplier<String> name, Code<T, E> code) throws E {
    if (Thread.currentThread().isVirtual() || !Counters.PRESENT) {
      return code.run();
    }
    GateRecord past = records.computeIfAbsent(new Half(gate, half), _ -> new GateRecord(Counters.BUDGET));
    var run = new GateRun();
    GateSampler.add(run); // has locks of its own, which are no fault of the gate
    run.begin();
    T result;
    try {
      result = code.run();
    } catch (Throwable e) {
      Optional<GateBlockedError> fault = judge(run, past, name);
      if (fault.isPresent()) {
        fault.get().addSuppressed(e);
        throw fault.get();
      }
      throw e;
    }
    Optional<GateBlockedError> fault = judge(run, past, name);
    if (fault.isPresent()) {
      throw fault.get();
    }
    return result;
  }

  private static Optional<GateBlockedError> judge(GateRun run, GateRecord past, Supplier<String> name) {
    GateReading reading = run.end();
    GateSampler.remove(run);
    Optional<GateBlockedError> fault = past.add(reading).map(what -> new GateBlockedError(name.get() + " " + what));
    if (fault.isEmpty() && reading.seen().isPresent()) {
      LOG.warn("{} was slow: {} µs, seen in {}", name.get(), reading.wallNanos() / 1_000, reading.seen().get());
    }
    return fault;
  }

  /** Whether this virtual machine can count; asked once. */
  private static final class Counters {
    static final boolean PRESENT = isPresent();
    static final long BUDGET = PRESENT && ThreadCounters.optimizes() ? GateRecord.CPU_NANOS
        : GateRecord.UNOPTIMIZED_CPU_NANOS;

    private Counters() {}

    private static boolean isPresent() {
      try {
        GateSampler.start();
        return ThreadCounters.isSupported();
      } catch (LinkageError e) {
        LOG.warn("gates are not watched: this run-time image has no java.management", e);
        return false;
      }
    }
  }
}
