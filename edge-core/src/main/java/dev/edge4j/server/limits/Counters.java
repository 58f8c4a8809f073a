package dev.edge4j.server.limits;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** The counts of one server. Safe for use by many threads. */
public final class Counters {
  /** Never changed after it was filled. */
  private final EnumMap<Counter, LongAdder> counts = new EnumMap<>(Counter.class);

  /** All zero. */
  public Counters() {
    for (Counter counter : Counter.values()) {
      counts.put(counter, new LongAdder());
    }
  }

  /** Counts one. */
  public void add(Counter counter) {
    adder(counter).increment();
  }

  /** How many there were; while others count, about so many. */
  public long of(Counter counter) {
    return adder(counter).sum();
  }

  /** All counts, as they are now. */
  public Map<Counter, Long> all() {
    Map<Counter, Long> all = new EnumMap<>(Counter.class);
    counts.forEach((counter, adder) -> all.put(counter, adder.sum()));
    return all;
  }

  private LongAdder adder(Counter counter) {
    return Objects.requireNonNull(counts.get(counter));
  }
}
