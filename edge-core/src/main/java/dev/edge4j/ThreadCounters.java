package dev.edge4j;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/**
 * What the virtual machine counts of its threads. The one class that knows {@code java.management}, which a small run-time image may
 * lack: then loading it fails with a {@link LinkageError}, and nothing else does.
 */
final class ThreadCounters {
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
