package dev.edge4j.data.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.middleware.ratelimit.RateCounts;
import dev.edge4j.middleware.ratelimit.RateDecision;
import dev.edge4j.middleware.ratelimit.RatePolicy;
import dev.edge4j.middleware.ratelimit.RatePolicy.Algorithm;
import dev.edge4j.middleware.ratelimit.RateStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Two nodes that lease tokens of one limit from Redis let the limit through between them, and ask far less often than they answer. */
class TwoNodesLeaseOneLimitTest {
  private static final int LIMIT = 1_000;

  /** A node with a connection of its own, as in another process. */
  private static final class Node implements AutoCloseable {
    private final Redis redis = Servers.shared();
    private final AtomicInteger asked = new AtomicInteger();
    private final RateCounts counts;

    Node(String prefix, RatePolicy policy, int lease) {
      RateStore rates = RedisRates.on(redis, prefix);
      this.counts = RateCounts.leased((key, limit, tokens) -> {
        asked.incrementAndGet();
        return rates.take(key, limit, tokens);
      }, policy, lease);
    }

    boolean allows() throws Exception {
      long now = System.nanoTime();
      Optional<RateDecision> here = counts.tryTake("ann", now);
      return (here.isPresent() ? here.get() : counts.take("ann", now)).allowed();
    }

    @Override
    public void close() {
      redis.close();
    }
  }

  @Test
  void togetherTheyLetTheLimitThrough() throws Exception {
    for (Algorithm algorithm : Algorithm.values()) {
      RatePolicy policy = RatePolicy.of(LIMIT, Duration.ofDays(1)).withAlgorithm(algorithm);
      String prefix = Servers.prefix();
      try (Node a = new Node(prefix, policy, 20); Node b = new Node(prefix, policy, 20)) {
        int allowed = allowed(a, b, 1);
        assertEquals(LIMIT, allowed, "one caller each spends all that its node holds");
        int asked = a.asked.get() + b.asked.get();
        assertTrue(asked <= LIMIT / 20 + 20, () -> "asked " + asked + " times");
      }
    }
  }

  @Test
  void withManyCallersNeverMore() throws Exception {
    RatePolicy policy = RatePolicy.of(LIMIT, Duration.ofDays(1));
    String prefix = Servers.prefix();
    try (Node a = new Node(prefix, policy, 20); Node b = new Node(prefix, policy, 20)) {
      int allowed = allowed(a, b, 8);
      assertTrue(allowed <= LIMIT, () -> allowed + " were let through");
    }
  }

  private static int allowed(Node a, Node b, int callers) throws Exception {
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 2 * callers; i++) {
      Node node = i % 2 == 0 ? a : b;
      tasks.add(() -> {
        int allowed = 0;
        for (int j = 0; j < LIMIT; j++) {
          allowed += node.allows() ? 1 : 0;
        }
        return allowed;
      });
    }
    int sum = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> future : threads.invokeAll(tasks)) {
        sum += future.get();
      }
    }
    return sum;
  }
}
