package dev.edge4j.data.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a client behaves. Start from {@link #defaults()}.
 *
 * @param timeout how long a call may take, with the wait for a connection; less if its caller's deadline comes first
 * @param connectTimeout how long a new connection, or a sign of life from the one that is there, may take
 * @param capacity calls that may wait at a time; one more fails at once
 * @param heartbeat how often the server is asked for a sign of life
 * @param longestPause between two attempts to connect: pauses grow to it from 50 milliseconds
 * @param trust certificates (PEM) that are trusted instead of those of the JVM, for {@code rediss:}
 */
public record RedisOptions(Duration timeout, Duration connectTimeout, int capacity, Duration heartbeat,
    Duration longestPause, Optional<Path> trust) {

  public RedisOptions {
    requirePositive("timeout", timeout);
    requirePositive("connectTimeout", connectTimeout);
    requirePositive("heartbeat", heartbeat);
    requirePositive("longestPause", longestPause);
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity: " + capacity + " (expected: at least 1)");
    }
  }

  /** One second for a call, 3 to connect, 10,000 calls at a time, a sign of life every 5 seconds, pauses of at most 2 seconds. */
  public static RedisOptions defaults() {
    return new RedisOptions(Duration.ofSeconds(1), Duration.ofSeconds(3), 10_000, Duration.ofSeconds(5),
        Duration.ofSeconds(2), Optional.empty());
  }

  public RedisOptions withTimeout(Duration value) {
    return new RedisOptions(value, connectTimeout, capacity, heartbeat, longestPause, trust);
  }

  public RedisOptions withConnectTimeout(Duration value) {
    return new RedisOptions(timeout, value, capacity, heartbeat, longestPause, trust);
  }

  public RedisOptions withCapacity(int calls) {
    return new RedisOptions(timeout, connectTimeout, calls, heartbeat, longestPause, trust);
  }

  public RedisOptions withHeartbeat(Duration every) {
    return new RedisOptions(timeout, connectTimeout, capacity, every, longestPause, trust);
  }

  public RedisOptions withLongestPause(Duration value) {
    return new RedisOptions(timeout, connectTimeout, capacity, heartbeat, value, trust);
  }

  /** Trusts the certificates of this file, one's own authority say, and no others. */
  public RedisOptions withTrust(Path pem) {
    return new RedisOptions(timeout, connectTimeout, capacity, heartbeat, longestPause, Optional.of(pem));
  }

  private static void requirePositive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: a positive duration)");
    }
  }
}
