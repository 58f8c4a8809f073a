package dev.edge4j.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Never more retries than the budget has, in any stretch of time; and never fewer than it promises. */
class RetryBudgetsAreKeptTest {
  private static final long SECOND = 1_000_000_000;

  private long now;

  private record Event(long at, boolean retry) {}

  @Property
  void inAnyStretchOfTimeTheSumHolds(
      @ForAll @IntRange(max = 10) int tenths,
      @ForAll @IntRange(max = 5) int perSecond,
      @ForAll @Size(min = 1, max = 300) List<@LongRange(max = SECOND) Long> pauses,
      @ForAll long start) {
    now = start;
    RetryBudget budget = RetryBudget.of(tenths / 10.0, perSecond, () -> now);
    List<Event> events = new ArrayList<>();
    long elapsed = 0;
    for (long pause : pauses) {
      long step = pause % 3 == 0 ? 0 : pause;
      now += step;
      elapsed += step;
      if (pause % 5 < 2) {
        budget.request();
        events.add(new Event(elapsed, false));
      } else if (budget.tryRetry()) {
        events.add(new Event(elapsed, true));
      }
    }
    long burst = Math.max(1, perSecond * 10L);
    for (int from = 0; from < events.size(); from++) {
      long requests = 0;
      long retries = 0;
      for (Event event : events.subList(from, events.size())) {
        requests += event.retry ? 0 : 1;
        retries += event.retry ? 1 : 0;
        double seconds = (event.at - events.get(from).at) / (double) SECOND;
        double most = requests * tenths / 10.0 + perSecond * seconds + burst;
        assertTrue(retries <= most + 0.001, retries + " retries where " + most + " are the most");
      }
    }
  }

  @Example
  void aTenthOfTheRequestsMayBeRetried() {
    RetryBudget budget = RetryBudget.of(0.1, 0, () -> now);
    assertTrue(budget.tryRetry(), "one at least");
    for (int round = 0; round < 100; round++) {
      for (int i = 0; i < 10; i++) {
        assertFalse(budget.tryRetry());
        budget.request();
      }
      assertTrue(budget.tryRetry());
    }
  }

  @Example
  void whoAsksRarelyMayRetryAtAll() {
    RetryBudget budget = RetryBudget.of(0, 2, () -> now);
    for (int i = 0; i < 20; i++) {
      assertTrue(budget.tryRetry());
    }
    assertFalse(budget.tryRetry());
    now += SECOND / 2 - 1;
    assertFalse(budget.tryRetry());
    now += 1;
    assertTrue(budget.tryRetry());
    now += 1_000 * SECOND;
    int saved = 0;
    while (budget.tryRetry()) {
      saved++;
    }
    assertEquals(20, saved, "no more than ten seconds restore");
  }

  @Example
  void noTimeIsLostBetweenCallsThatComeOften() {
    RetryBudget budget = RetryBudget.of(0, 1, () -> now);
    while (budget.tryRetry()) {
      // spends what is there
    }
    for (int i = 0; i < 10_000_000 && !budget.tryRetry(); i++) {
      now += 300;
    }
    assertTrue(now <= SECOND + SECOND / 100, "it took " + now + " ns to restore a retry");
  }

  @Example
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> RetryBudget.of(1.1, 1));
    assertThrows(IllegalArgumentException.class, () -> RetryBudget.of(Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> RetryBudget.of(0.1, -1));
    assertTrue(RetryBudget.create().tryRetry());
  }
}
