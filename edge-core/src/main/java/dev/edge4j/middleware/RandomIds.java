package dev.edge4j.middleware;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Makes ids of requests. Safe for use by many threads; never blocks. */
final class RandomIds implements Supplier<String> {
  private static final HexFormat HEX = HexFormat.of();

  /** Random once and counted from there: drawing from a SecureRandom for each request may wait for the system. */
  private final String origin;
  private final AtomicLong count;

  RandomIds() {
    var random = new SecureRandom();
    this.origin = HEX.toHexDigits(random.nextLong());
    this.count = new AtomicLong(random.nextLong());
  }

  /** Unique: 64 random bits for this process, and a count that is stirred by a bijection so that ids do not look alike. */
  @Override
  public String get() {
    return origin + HEX.toHexDigits(stir(count.getAndIncrement()));
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). */
  private static long stir(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
