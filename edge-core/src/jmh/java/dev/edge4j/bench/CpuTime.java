package dev.edge4j.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Counts what the measuring thread itself has spent: who else the machine works for does not matter. JMH's own score is time on
 * the wall. Reading the clock twice costs some half a microsecond per invocation.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Thread CPU time of an iteration. */
  public long nanos;
  /** Operations of an iteration. */
  public long operations;

  private long started;

  void start() {
    started = THREADS.getCurrentThreadCpuTime();
  }

  void stop(int done) {
    nanos += THREADS.getCurrentThreadCpuTime() - started;
    operations += done;
  }
}
