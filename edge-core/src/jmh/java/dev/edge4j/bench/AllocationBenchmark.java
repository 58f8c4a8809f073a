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
 * Bytes per lookup, by JMH's profiler "gc". The strings are made once: they would be counted otherwise. That their hashes become
 * known makes no difference to what is allocated.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(Ring.SIZE)
@SuppressWarnings("NullAway.Init") // set by prepare
public class AllocationBenchmark {
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

  @Benchmark
  public void floor(Blackhole hole) {
    Lookups.floor(floor, ring, hole);
  }

  @Benchmark
  public void edge4j(Blackhole hole) {
    Lookups.edge4j(edge4j, ring, hole);
  }
}
