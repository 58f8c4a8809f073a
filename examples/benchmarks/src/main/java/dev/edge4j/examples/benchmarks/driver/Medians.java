package dev.edge4j.examples.benchmarks.driver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** Samples by what they are of, and their medians. */
final class Medians<K> {
  private final Map<K, List<Double>> samples = new HashMap<>();

  void add(K of, double sample) {
    samples.computeIfAbsent(of, _ -> new ArrayList<>()).add(sample);
  }

  OptionalDouble median(K of) {
    List<Double> sorted = samples.getOrDefault(of, List.of()).stream().sorted().toList();
    return sorted.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sorted.get(sorted.size() / 2));
  }

  /** As {@code %.2f} or the like; a dash if there is none. */
  String print(String format, K of) {
    return print(format, median(of));
  }

  /** The one over the other, with two digits. */
  String ratio(K of, K base) {
    OptionalDouble over = median(of);
    OptionalDouble under = median(base);
    return over.isEmpty() || under.isEmpty()
        ? "-"
        : print("%.2f", OptionalDouble.of(over.getAsDouble() / under.getAsDouble()));
  }

  private static String print(String format, OptionalDouble figure) {
    return figure.isEmpty() ? "-" : String.format(Locale.ROOT, format, figure.getAsDouble());
  }
}
