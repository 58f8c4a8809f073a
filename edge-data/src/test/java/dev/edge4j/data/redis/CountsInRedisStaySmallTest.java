package dev.edge4j.data.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.middleware.ratelimit.RateDecision;
import dev.edge4j.middleware.ratelimit.RatePolicy;
import dev.edge4j.middleware.ratelimit.RatePolicy.Algorithm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A count in Redis takes little memory whatever it counts, goes when it is not needed, and is exact up to the largest limits. */
class CountsInRedisStaySmallTest {
  private static final RatePolicy LARGEST = RatePolicy.of(1_000_000_000, Duration.ofDays(366));

  private final String prefix = Servers.prefix();
  private Redis redis;
  private RedisRates rates;

  @BeforeEach
  void open() {
    redis = Servers.shared();
    rates = RedisRates.on(redis, prefix);
  }

  @AfterEach
  void close() {
    redis.close();
  }

  @Test
  void aCountIsSmallerThanAKilobyte() throws Exception {
    String longest = "x".repeat(100_000);
    for (Algorithm algorithm : Algorithm.values()) {
      RatePolicy policy = LARGEST.withAlgorithm(algorithm);
      rates.take(longest, policy, 900_000_000);
      rates.take("ключ 🔑", policy, 900_000_000);
    }
    // Every slice of a window has its count.
    RatePolicy fast = RatePolicy.of(1_000_000_000, Duration.ofSeconds(1)).withAlgorithm(Algorithm.SLIDING_WINDOW);
    for (int i = 0; i < 40; i++) {
      rates.take("busy", fast, 10_000_000);
      Servers.pass(redis, Duration.ofMillis(32));
    }
    List<String> keys = Servers.keys(redis, prefix);
    assertEquals(5, keys.size());
    for (String key : keys) {
      long bytes = redis.call("MEMORY USAGE", commands -> commands.memoryUsage(KvNames.bytes(key)));
      assertTrue(bytes < 1_024, () -> "takes " + bytes + " bytes");
    }
  }

  @Test
  void aCountGoesWhenTheQuotaIsFullAgain() throws Exception {
    for (Algorithm algorithm : Algorithm.values()) {
      rates.take("ann", RatePolicy.of(10, Duration.ofDays(1)).withAlgorithm(algorithm), 2);
    }
    assertEquals(2, Servers.keys(redis, prefix).size());
    for (Algorithm algorithm : Algorithm.values()) {
      rates.take("bea", RatePolicy.of(10, Duration.ofSeconds(1)).withAlgorithm(algorithm), 2);
    }
    Servers.await("her counts have expired", () -> Servers.keys(redis, prefix).size() == 2);
  }

  @Test
  void theLargestLimitsAreExact() throws Exception {
    for (Algorithm algorithm : Algorithm.values()) {
      RatePolicy policy = LARGEST.withAlgorithm(algorithm);
      assertEquals(1, rates.take("ann", policy, 999_999_999).remaining());
      assertTrue(rates.take("ann", policy, 1).allowed());
    }
    // The other algorithm has one to give again after 32 ms.
    assertFalse(rates.take("ann", LARGEST.withAlgorithm(Algorithm.SLIDING_WINDOW), 1).allowed());

    RatePolicy fast = RatePolicy.of(1_000_000_000, Duration.ofSeconds(1));
    RateDecision all = rates.take("bea", fast, 1_000_000_000);
    assertEquals(0, all.remaining());
    assertEquals(Duration.ofSeconds(1).toNanos(), all.resetNanos());
  }

  @Test
  void aChangedPolicyGoesOnWithWhatWasCounted() throws Exception {
    RatePolicy day = RatePolicy.of(100, Duration.ofDays(1));
    assertTrue(rates.take("ann", day, 100).allowed());
    RateDecision stricter = rates.take("ann", RatePolicy.of(10, Duration.ofDays(1)), 1);
    assertFalse(stricter.allowed());
    assertEquals(0, stricter.remaining());

    RatePolicy window = day.withAlgorithm(Algorithm.SLIDING_WINDOW);
    assertEquals(50, rates.take("ann", window, 50).remaining());
    RateDecision less = rates.take("ann", RatePolicy.of(10, Duration.ofDays(1))
        .withAlgorithm(
            Algorithm.SLIDING_WINDOW), 1);
    assertFalse(less.allowed());
    assertEquals(0, less.remaining());
  }

  @Test
  void nobodyCanSendTheKeyOfAnother() throws Exception {
    RatePolicy policy = RatePolicy.of(1, Duration.ofDays(1));
    String victim = "v".repeat(1_000);
    assertTrue(rates.take(victim, policy, 1).allowed());
    String stored = Servers.keys(redis, prefix).getFirst();
    assertTrue(rates.take(stored.substring(prefix.length()), policy, 1).allowed());
    assertTrue(rates.take(stored.substring(prefix.length() + 1), policy, 1).allowed());
    assertFalse(rates.take(victim, policy, 1).allowed());
  }

  @Test
  void refusesWhatNoPolicyAllows() {
    RatePolicy policy = RatePolicy.of(5, Duration.ofDays(1));
    assertThrows(IllegalArgumentException.class, () -> rates.take("ann", policy, 6));
    assertThrows(IllegalArgumentException.class, () -> rates.take("ann", policy, 0));
    assertThrows(IllegalArgumentException.class, () -> RedisRates.on(redis, "a=b"));
  }
}
