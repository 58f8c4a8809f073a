package dev.edge4j.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Few misses at first, then evenly more, and never more than the limit says. */
class MissLimitersRampUpTest {
  @Property(tries = 300)
  void theRampOnlyRisesAndIsKept(@ForAll @Size(max = 200) List<@IntRange(max = 40) Integer> steps, @ForAll long start) {
    long[] now = {start};
    var limiter = MissLimiter.of(2, 20, Duration.ofNanos(1_000), () -> now[0]);
    var permits = new ArrayDeque<Permit>();
    int last = limiter.limit();
    assertEquals(2, last);
    for (int step : steps) {
      now[0] += step / 2;
      int limit = limiter.limit();
      assertTrue(limit >= last && limit <= 20);
      last = limit;
      if (step % 4 == 3 && !permits.isEmpty()) {
        permits.removeFirst().close();
      } else {
        int before = permits.size();
        limiter.tryAcquire().ifPresent(permits::add);
        assertEquals(Math.min(limit, before + 1), permits.size());
      }
      assertEquals(permits.size(), limiter.inFlight());
    }
  }

  @Test
  void aRestartBeginsAgain() {
    long[] now = {0};
    var limiter = MissLimiter.of(1, 11, Duration.ofSeconds(10), () -> now[0]);
    now[0] = Duration.ofSeconds(5).toNanos();
    assertEquals(6, limiter.limit());
    now[0] = Duration.ofSeconds(60).toNanos();
    assertEquals(11, limiter.limit());
    assertTrue(limiter.tryAcquire().isPresent());
    limiter.restart();
    assertEquals(1, limiter.limit());
    assertTrue(limiter.tryAcquire().isEmpty(), "what is under way counts");
    assertEquals(5, MissLimiter.of(5, 5, Duration.ZERO, () -> 0).limit());
  }
}
