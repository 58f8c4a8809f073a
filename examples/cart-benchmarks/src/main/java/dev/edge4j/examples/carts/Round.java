package dev.edge4j.examples.carts;

import java.util.Locale;

/**
 * What came of a round.
 *
 * @param rate calls a second
 * @param p50 milliseconds of the median call
 * @param p99 milliseconds below which are 99 of 100 calls
 * @param cpu microseconds of CPU of the whole process for each call
 */
record Round(double rate, double p50, double p99, double cpu) {
  static Round of(long[] sortedNanos, double seconds, long cpuNanos) {
    int calls = sortedNanos.length;
    return new Round(calls / seconds, sortedNanos[calls / 2] / 1e6, sortedNanos[(int) (calls * 0.99)] / 1e6, cpuNanos
        / 1e3 / calls);
  }

  /** Reads what {@link #line} wrote. */
  static Round of(String line) {
    String[] words = line.split(" ", -1);
    return new Round(Double.parseDouble(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]), Double
        .parseDouble(words[3]));
  }

  String line() {
    return String.format(Locale.ROOT, "%.1f %.4f %.4f %.2f", rate, p50, p99, cpu);
  }
}
