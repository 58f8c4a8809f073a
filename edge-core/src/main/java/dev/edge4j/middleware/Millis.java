package dev.edge4j.middleware;

/** Nanoseconds as decimal milliseconds, whatever the locale. */
final class Millis {
  private Millis() {}

  /** Three decimals: {@code 3.204}. */
  static String exact(long nanos) {
    long micros = nanos / 1_000;
    long rest = micros % 1_000;
    return micros / 1_000 + (rest < 10 ? ".00" : rest < 100 ? ".0" : ".") + rest;
  }

  /** One decimal: {@code 3.2}. */
  static String brief(long nanos) {
    long tenths = nanos / 100_000;
    return tenths / 10 + "." + tenths % 10;
  }
}
