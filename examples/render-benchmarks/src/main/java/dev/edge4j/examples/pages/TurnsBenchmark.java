package dev.edge4j.examples.pages;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** All subjects in turn, a hundred pages each, so that a machine that is slow for a while is slow for all of them. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
public class TurnsBenchmark {
  private static final int PAGES = 100;

  private final Subject[] subjects = Subject.values();

  @Benchmark
  public void round(Spent spent, Blackhole pages) {
    for (Subject subject : subjects) {
      long start = System.nanoTime();
      for (int i = 0; i < PAGES; i++) {
        pages.consume(subject.page());
      }
      spent.add(subject, System.nanoTime() - start);
    }
  }
}
