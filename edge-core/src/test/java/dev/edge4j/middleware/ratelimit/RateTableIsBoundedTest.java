package dev.edge4j.middleware.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table keeps exact counts for the clients it holds, holds a bounded number, and forgets the least important first. */
class RateTableIsBoundedTest {
  private static final RatePolicy HUNDRED = RatePolicy.of(100, Duration.ofMinutes(1));

  private RateAlgorithm hundred = RateAlgorithm.of(HUNDRED);

  private RateDecision take(RateTable table, Object client, long now) {
    return table.take(client, now, state -> hundred.take(state, 1, now));
  }

  @Test
  void manyThreadsTogetherGetTheLimitAndNoMore() throws Exception {
    var table = new RateTable(1 << 10);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      tasks.add(() -> {
        int allowed = 0;
        for (int i = 0; i < 1_000; i++) {
          allowed += take(table, "client", 0).allowed() ? 1 : 0;
        }
        return allowed;
      });
    }
    int allowed = 0;
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (Future<Integer> future : threads.invokeAll(tasks)) {
        allowed += future.get();
      }
    }
    assertEquals(100, allowed);
  }

  @ParameterizedTest
  @EnumSource
  void aClientAtItsLimitIsNotPushedOutByPassersBy(RatePolicy.Algorithm algorithm) {
    hundred = RateAlgorithm.of(HUNDRED.withAlgorithm(algorithm));
    var table = new RateTable(8);
    for (int i = 0; i < 100; i++) {
      assertTrue(take(table, "greedy", 0).allowed());
    }
    for (int i = 0; i < 10_000; i++) {
      assertTrue(take(table, "passer-by " + i, 0).allowed());
    }
    assertFalse(take(table, "greedy", 0).allowed());
  }

  @Test
  void aClientThatWasPushedOutBeginsAnew() {
    var table = new RateTable(8);
    assertEquals(99, take(table, "first", 0).remaining());
    for (int i = 0; i < 8; i++) {
      assertTrue(take(table, "other " + i, 1).allowed());
    }
    assertEquals(99, take(table, "first", 1).remaining());
  }

  @Test
  void aCapacityThatIsNoPowerOfTwoIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RateTable(12));
    assertThrows(IllegalArgumentException.class, () -> new RateTable(4));
  }
}
