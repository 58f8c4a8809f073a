package dev.edge4j.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The limit grows while there is room and shrinks when requests queue, and nothing is let in above it. */
class AdaptiveLimitsFindTheirWayTest {
  private static final long MILLI = 1_000_000;
  private static final List<Priority> PRIORITIES = List.of(Priority.CRITICAL, Priority.NORMAL, Priority.SHEDDABLE);
  private long now = Long.MAX_VALUE - 1_000 * MILLI; // the clock wraps on the way

  @Property(tries = 200)
  void nothingIsLetInAboveTheLimit(
      @ForAll @Size(max = 400) List<@IntRange(max = 149) Integer> steps, @ForAll long start) {
    long[] time = {start};
    var limit = AdaptiveLimit.of(2, 8, 40, () -> time[0]);
    var passes = new ArrayDeque<AdaptiveLimit.Pass>();
    for (int step : steps) {
      time[0] += step / 5 * MILLI;
      int before = passes.size();
      assertEquals(before, limit.inFlight());
      switch (step % 5) {
        case 0, 1, 2 -> {
          Priority priority = PRIORITIES.get(step % 3);
          Optional<AdaptiveLimit.Pass> pass = limit.tryPass(priority);
          if (pass.isPresent()) {
            assertTrue(before == 0 || before < limit.limit());
          } else {
            assertTrue(before >= 1 && before + 1 >= limit.limit() * priority.share(), "refused too early, at "
                + before);
          }
          pass.ifPresent(passes::add);
        }
        case 3 -> Optional.ofNullable(passes.pollFirst()).ifPresent(AdaptiveLimit.Pass::served);
        default -> Optional.ofNullable(passes.pollLast()).ifPresent(pass -> {
          pass.dropped();
          pass.served(); // is ignored
        });
      }
      assertTrue(limit.limit() >= 2 && limit.limit() <= 40);
    }
  }

  /** Rounds in which as many as may are in flight, each taking that long. */
  private void rounds(AdaptiveLimit limit, int rounds, long millis) {
    for (int i = 0; i < rounds; i++) {
      List<AdaptiveLimit.Pass> passes = new ArrayList<>();
      for (var pass = limit.tryPass(Priority.CRITICAL); pass.isPresent(); pass = limit.tryPass(Priority.CRITICAL)) {
        passes.add(pass.get());
      }
      now += millis * MILLI;
      passes.forEach(AdaptiveLimit.Pass::served);
    }
  }

  @Test
  void itGrowsWhileNothingQueuesAndShrinksOnceItDoes() {
    var limit = AdaptiveLimit.of(4, 20, 200, () -> now);
    rounds(limit, 100, 100);
    int grown = limit.limit();
    assertTrue(grown > 60, "grown to " + grown);
    rounds(limit, 20, 1_000);
    assertTrue(limit.limit() < grown / 2, "from " + grown + " to " + limit.limit());
  }

  @Test
  void itStaysWhereItIsWhileHalfOfItIsNotUsed() {
    var limit = AdaptiveLimit.of(4, 20, 200, () -> now);
    for (int i = 0; i < 1_000; i++) {
      var pass = limit.tryPass(Priority.NORMAL).orElseThrow();
      now += 20 * MILLI;
      pass.served();
    }
    assertEquals(20, limit.limit());
  }

  @Test
  void whatIsDroppedTakesATenth() {
    var limit = AdaptiveLimit.of(4, 20, 200, () -> now);
    for (int i = 0; i < 10; i++) {
      var pass = limit.tryPass(Priority.NORMAL).orElseThrow();
      now += 20 * MILLI;
      pass.dropped();
    }
    assertEquals(18, limit.limit());
  }

  @Test
  void whatMattersLessIsRefusedFirst() {
    var limit = AdaptiveLimit.of(10, 10, 10, () -> now);
    assertEquals(5, fill(limit, Priority.SHEDDABLE));
    assertEquals(4, fill(limit, Priority.NORMAL));
    assertEquals(1, fill(limit, Priority.CRITICAL));
    assertEquals(1, fill(AdaptiveLimit.of(1, 1, 1, () -> now), Priority.SHEDDABLE), "nobody is shut out for good");
  }

  private static int fill(AdaptiveLimit limit, Priority priority) {
    int let = 0;
    while (limit.tryPass(priority).isPresent()) {
      let++;
    }
    return let;
  }
}
