package dev.edge4j;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The last runs of one half of one gate, and the verdict on them. Pure but for its memory: what it is told is all it knows.
 *
 * <p>A wait of {@value #LONG_WAIT_NANOS} ns is a fault at once. A shorter one may be bad luck, such as a lock of a logger that another
 * thread held, so only the third among {@value #RUNS} runs is one; nor is a long one at a monitor in the first run more than that, as a class may
 * be loaded by another thread just then. CPU time is noisy upwards alone (cold code, collections, a busy
 * machine), so the best of the last {@value #RUNS} runs counts: against {@value #COLD_CPU_NANOS} ns for the first {@value #WARM_UP}
 * runs, which are interpreted or half compiled, and then against a budget: {@value #CPU_NANOS} ns, or where nothing is compiled for good
 * {@value #UNOPTIMIZED_CPU_NANOS} ns.
 */
final class GateRecord {
  static final int RUNS = 30;
  static final int WARM_UP = 10_000;
  static final int MAX_SHORT_WAITS = 2;
  static final long LONG_WAIT_NANOS = 4_000_000;
  static final long CPU_NANOS = 50_000;
  static final long UNOPTIMIZED_CPU_NANOS = 200_000;
  static final long COLD_CPU_NANOS = 1_000_000;

  private final long budget;

  private final ReentrantLock lock = new ReentrantLock();
  private final long[] cpu = new long[RUNS];
  private final boolean[] waited = new boolean[RUNS];
  private long runs;

  /** @param budget CPU time of a warm run, in nanoseconds */
  GateRecord(long budget) {
    this.budget = budget;
  }

  /** Takes one more run; the fault, if this makes one. */
  Optional<String> add(GateReading run) {
    lock.lock();
    try {
      int slot = (int) (runs++ % RUNS);
      cpu[slot] = run.cpuNanos();
      waited[slot] = run.hasWaited();
      return waitFault(run).or(this::cpuFault);
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> waitFault(GateReading run) {
    boolean mayBeLoading = runs == 1 && run.waits() == 0;
    boolean isLong = run.hasWaited() && run.offCpuNanos() >= LONG_WAIT_NANOS && !mayBeLoading;
    boolean isOften = run.hasWaited() && shortWaits() > MAX_SHORT_WAITS;
    if (!run.network() && !isLong && !isOften) {
      return Optional.empty();
    }
    var fault = new StringBuilder("blocked ").append(micros(run.offCpuNanos())).append(" µs: ");
    if (run.network()) {
      fault.append("waited for the network");
    } else {
      fault.append("parked, slept or waited ")
          .append(run.waits())
          .append(" times, ")
          .append("held up by a monitor ")
          .append(run.locks())
          .append(" times");
    }
    run.seen().ifPresent(place -> fault.append(", seen in ").append(place));
    return Optional.of(fault.append(" (expected: no wait; answer Verdict.offload() and wait in handle)").toString());
  }

  private int shortWaits() {
    int count = 0;
    for (boolean each : waited) {
      count += each ? 1 : 0;
    }
    return count;
  }

  private Optional<String> cpuFault() {
    long allowed = runs <= WARM_UP ? COLD_CPU_NANOS : budget;
    long best = Long.MAX_VALUE;
    for (long each : cpu) {
      best = Math.min(best, each);
    }
    return runs < RUNS || best <= allowed ? Optional.empty()
        : Optional.of("used " + micros(best) + " µs of CPU in the best of its last " + RUNS
            + " runs (expected: at most "
            + micros(allowed) + "; work that long belongs into a middleware or a handler)");
  }

  private static String micros(long nanos) {
    return String.format(Locale.ROOT, "%,d", nanos / 1_000);
  }
}
