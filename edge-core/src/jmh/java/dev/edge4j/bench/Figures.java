package dev.edge4j.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** All that was measured: several samples, one an iteration, for each thing that was measured. */
final class Figures {
  private final Map<Key, List<Double>> samples = new LinkedHashMap<>();

  /**
   * What a sample is of.
   *
   * @param around what stands around the handler: how many middleware, or which gates; empty for lookups
   */
  record Key(Kind kind, Workload workload, Subject subject, String around) {}

  enum Kind {
    /** Nanoseconds per lookup. */
    LOOKUP,
    /** Bytes per lookup. */
    ALLOCATION,
    /** Nanoseconds per request. */
    PIPELINE,
    /** Nanoseconds per request through gates. */
    GATES
  }

  void add(Key key, List<Double> values) {
    samples.computeIfAbsent(key, _ -> new ArrayList<>()).addAll(values);
  }

  OptionalDouble lookup(Workload workload, Subject subject) {
    return median(new Key(Kind.LOOKUP, workload, subject, ""));
  }

  OptionalDouble bytes(Workload workload, Subject subject) {
    return median(new Key(Kind.ALLOCATION, workload, subject, ""));
  }

  OptionalDouble pipeline(Workload workload, int middleware) {
    return median(new Key(Kind.PIPELINE, workload, Subject.EDGE4J, "" + middleware));
  }

  OptionalDouble gates(Gates gates) {
    return median(key(gates));
  }

  static Key key(Gates gates) {
    return new Key(Kind.GATES, Workload.SHORT_STATIC, Subject.EDGE4J, gates.name());
  }

  private OptionalDouble median(Key key) {
    return samples.containsKey(key) ? OptionalDouble.of(quantile(key, 0.5)) : OptionalDouble.empty();
  }

  /** What was measured least surely: the distance between its quartiles, over its median, is the largest. */
  Key widest() {
    return samples.keySet()
        .stream()
        .filter(key -> key.kind() != Kind.ALLOCATION)
        .max(Comparator.comparingDouble(this::spread))
        .orElseThrow();
  }

  double spread(Key key) {
    return (quantile(key, 0.75) - quantile(key, 0.25)) / quantile(key, 0.5);
  }

  private double quantile(Key key, double share) {
    List<Double> sorted = samples.getOrDefault(key, List.of()).stream().sorted().toList();
    return sorted.get((int) Math.round(share * (sorted.size() - 1)));
  }
}
