package dev.edge4j.server.limits;

/**
 * How much runs behind the gates at a time.
 *
 * @param maxConcurrent requests in handlers; past it the answer is 503 with {@code Retry-After}
 */
public record Concurrency(int maxConcurrent) {
  /** 4,096 handlers. */
  public static Concurrency defaults() {
    return new Concurrency(4_096);
  }

  public Concurrency withMaxConcurrent(int newMaxConcurrent) {
    return new Concurrency(newMaxConcurrent);
  }
}
