package dev.edge4j.examples.carts;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Rounds in the words of {@code docs/performance.md}: medians, and how far the ratios of single rounds went. */
final class CartTable {
  static final List<String> HEAD = List.of(
      "| carts | durable adds/s, ratio | least | most | p50, ms | p99, ms | CPU for each, us |",
      "|---|---|---|---|---|---|---|");

  private CartTable() {}

  static String line(Subject subject, List<Round> rounds, List<Round> base) {
    double rate = median(rounds, Round::rate);
    double[] ratios = IntStream.range(0, base.size())
        .mapToDouble(i -> rounds.get(i).rate() / base.get(i).rate())
        .sorted()
        .toArray();
    String ratio = rounds.equals(base)
        ? String.format(Locale.ROOT, "1 (%.0f/s)", rate)
        : String.format(Locale.ROOT, "%.2f", rate / median(base, Round::rate));
    return String.format(Locale.ROOT, "| %s | %s | %.2f | %.2f | %.2f | %.2f | %.0f |", subject.title(), ratio,
        ratios[0], ratios[ratios.length - 1], median(rounds, Round::p50), median(rounds, Round::p99), median(rounds,
            Round::cpu));
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
