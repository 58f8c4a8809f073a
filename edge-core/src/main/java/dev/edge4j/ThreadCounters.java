package dev.edge4j;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * What the virtual machine counts of its threads. The one class that knows {@code java.management}, which a small run-time image may
 * lack: then loading it fails with a {@link LinkageError}, and nothing else does.
 */
final class ThreadCounters {
  static final Counts NONE = new Counts(0, 0);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThreadCounters() {}

  /**
   * One look at a thread's counters.
   *
   * @param waits parks, sleeps and waits so far
   * @param locks monitors it was held up by so far
   */
  record Counts(long waits, long locks) {}

  static boolean isSupported() {
    return THREADS.isThreadCpuTimeSupported() && THREADS.isThreadCpuTimeEnabled();
  }

  /** Whether this virtual machine compiles hot code a second time, which makes it a few times as quick: some are told not to, to start sooner. */
  static boolean optimizes() {
    return optimizes(ManagementFactory.getRuntimeMXBean().getInputArguments());
  }

  static boolean optimizes(List<String> arguments) {
    return arguments.stream().noneMatch(each -> each.equals("-Xint") || each.matches("-XX:TieredStopAtLevel=[0-3]"));
  }

  /** The counts of a live platform thread; without its stack, so no safepoint is needed. */
  static Counts of(Thread thread) {
    ThreadInfo info = THREADS.getThreadInfo(thread.threadId());
    return new Counts(info.getWaitedCount(), info.getBlockedCount());
  }

  /** CPU time of the current thread in nanoseconds. */
  static long cpuNanos() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** CPU time of another platform thread in nanoseconds; -1 if it is gone. */
  static long cpuNanos(Thread thread) {
    return THREADS.getThreadCpuTime(thread.threadId());
  }
}
