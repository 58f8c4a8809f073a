package dev.edge4j.bench;

import dev.edge4j.routing.RouteTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Time per lookup, by {@link CpuTime}. The ring is filled anew before each invocation, which neither counts; against the 50
 * microseconds or more of an invocation the readings of the clocks do not matter.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Ring.SIZE)
@SuppressWarnings("NullAway.Init") // set by prepare
public class LookupBenchmark {
  @Param Workload workload;

  private Ring ring;
  private RadixTree<String> floor;
  private RouteTable<String> edge4j;

  @Setup(Level.Trial)
  public void prepare() {
    ring = new Ring(workload.requests());
    floor = Tables.floor(workload);
    edge4j = Tables.edge4j(workload);
  }

  @Setup(Level.Invocation)
  public void refill() {
    ring.refill();
  }

  @Benchmark
  public void floor(CpuTime time, Blackhole hole) {
    time.start();
    Lookups.floor(floor, ring, hole);
    time.stop(Ring.SIZE);
  }

  @Benchmark
  public void edge4j(CpuTime time, Blackhole hole) {
    time.start();
    Lookups.edge4j(edge4j, ring, hole);
    time.stop(Ring.SIZE);
  }
}
