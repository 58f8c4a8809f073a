package dev.edge4j.bench;

/**
 * How long everything takes.
 *
 * @param rounds how often all is measured, each time in new processes
 * @param warmUp milliseconds
 * @param iterations per round
 * @param length of an iteration in milliseconds
 */
record Settings(int rounds, int warmUp, int iterations, int length) {
  /** Some nine minutes. */
  static final Settings FULL = new Settings(2, 2_400, 5, 500);
  /** Between two and three minutes. */
  static final Settings QUICK = new Settings(1, 1_000, 5, 200);

  static Settings of(String argument) {
    return switch (argument) {
      case "" -> FULL;
      case "quick" -> QUICK;
      default -> throw new IllegalArgumentException("bench.args: \"" + argument + "\" (expected: quick, or nothing)");
    };
  }
}
