package dev.edge4j.data.redis;

import dev.edge4j.data.StoreException;
import dev.edge4j.middleware.ratelimit.RateDecision;
import dev.edge4j.middleware.ratelimit.RatePolicy;
import dev.edge4j.middleware.ratelimit.RateStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Counts of rate limits in Redis, exact for all nodes that share it: each decision is one script on the server, by the server's clock.
 * A count takes less than a kilobyte whatever the limit and whatever the client sent, and is gone once the quota is full again. A
 * count is not kept over a change of the algorithm, or of a sliding window's length. Safe for use by many threads.
 */
public final class RedisRates implements RateStore, AutoCloseable {
  private static final int MAX_PLAIN_KEY = 128;
  private static final long NANOS_PER_MICRO = TimeUnit.MICROSECONDS.toNanos(1);
  /** Doubles are exact up to 2^53; half of it leaves room for what is over the window. */
  private static final long MOST_UNITS = 1L << 52;
  private static final int SLICES = 32;

  private final Redis redis;
  private final boolean owner;
  private final String prefix;

  private RedisRates(Redis redis, String prefix, boolean owner) {
    this.redis = redis;
    this.prefix = KvNames.checked(prefix);
    this.owner = owner;
  }

  /** With a client of its own, which {@link #close} closes, and keys that begin with {@code rate:}; see {@link Redis#of(String)}. */
  public static RedisRates of(String url) {
    return new RedisRates(Redis.of(url), "rate:", true);
  }

  /** With a client that others may use too; {@link #close} leaves it open. */
  public static RedisRates on(Redis redis) {
    return on(redis, "rate:");
  }

  /**
   * As {@link #on(Redis)}, with names in Redis that begin with something else.
   *
   * @param prefix at most 64 letters, digits, points, colons, hyphens, underscores, braces
   */
  public static RedisRates on(Redis redis, String prefix) {
    return new RedisRates(redis, prefix, false);
  }

  /** Throws {@link StoreException} if Redis does not answer in time; whether the tokens were taken is not known then. */
  @Override
  public RateDecision take(String key, RatePolicy policy, int tokens) {
    if (tokens < 1 || tokens > policy.burst()) {
      throw new IllegalArgumentException("tokens: " + tokens + " (expected: 1 to the burst, " + policy.burst() + ")");
    }
    return switch (policy.algorithm()) {
      case GCRA -> gcra(key, policy, tokens);
      case SLIDING_WINDOW -> slidingWindow(key, policy, tokens);
    };
  }

  private RateDecision gcra(String key, RatePolicy policy, int tokens) {
    long window = policy.window().toNanos();
    long perMicro = window <= MOST_UNITS ? NANOS_PER_MICRO : 1; // 52 days in nanoseconds, beyond them microseconds
    long unit = NANOS_PER_MICRO / perMicro;
    long interval = Math.ceilDiv(Math.ceilDiv(window, unit), policy.requests());
    return run(RateScripts.GCRA, "g" + unit + ":" + key, unit, interval, interval * policy.burst(), tokens, perMicro);
  }

  private RateDecision slidingWindow(String key, RatePolicy policy, int tokens) {
    long slice = Math.ceilDiv(Math.ceilDiv(policy.window().toNanos(), NANOS_PER_MICRO), SLICES);
    return run(RateScripts.SLIDING_WINDOW, "w" + slice + ":" + key, NANOS_PER_MICRO, policy.requests(), slice, tokens);
  }

  private RateDecision run(Script script, String key, long unit, long... args) {
    byte[][] texts = new byte[args.length][];
    for (int i = 0; i < args.length; i++) {
      texts[i] = Long.toString(args[i]).getBytes(StandardCharsets.US_ASCII);
    }
    List<Long> answer = redis.numbers(script, new byte[][]{bounded(key)}, texts);
    return new RateDecision(answer.get(0) == 1, answer.get(1), nanos(answer.get(2), unit), nanos(answer.get(3), unit));
  }

  /** Up to the next whole microsecond: the server's clock shows no less, so who waits for that long has waited long enough. */
  private static long nanos(long units, long unit) {
    return Math.ceilDiv(units * unit, NANOS_PER_MICRO) * NANOS_PER_MICRO;
  }

  /** What a client sent may be long; then its digest stands for it. The two kinds begin differently, so nobody can send another's. */
  private byte[] bounded(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    String name = bytes.length <= MAX_PLAIN_KEY ? "@" + key : "#" + digest(bytes);
    return (prefix + name).getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public void close() {
    if (owner) {
      redis.close();
    }
  }
}
