package dev.edge4j.middleware.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.middleware.ratelimit.RatePolicy.Algorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** No window, wherever it begins, holds more than the limit; and what was used comes back, a slice late at most. */
class SlidingWindowKeepsItsBoundTest {
  private static final long SECOND = 1_000_000_000L;

  private static SlidingWindow window(int requests, Duration window) {
    return SlidingWindow.of(RatePolicy.of(requests, window).withAlgorithm(Algorithm.SLIDING_WINDOW));
  }

  @Property
  void neverOverItsBoundInAnyWindow(
      @ForAll @IntRange(min = 1, max = 20) int requests,
      @ForAll @Size(min = 1, max = 200) List<@LongRange(max = SECOND / 2) Long> pauses,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 3) Integer> sizes,
      @ForAll long start) {
    SlidingWindow window = window(requests, Duration.ofSeconds(1));
    List<Long> allowed = new ArrayList<>(); // a time for each token: the exact log
    RateState state = null;
    long elapsed = 0;
    for (int i = 0; i < pauses.size(); i++) {
      elapsed += pauses.get(i);
      int tokens = Math.min(requests, sizes.get(i % sizes.size()));
      RateAlgorithm.Taken taken = window.take(state, tokens, start + elapsed);
      state = taken.state() == null ? state : taken.state();
      long now = elapsed;
      long slack = within(allowed, now - SECOND - window.slice(), now) + tokens;
      assertTrue(taken.decision().allowed() || slack > requests,
          "refused what a log of a window and a slice lets through");
      for (int t = 0; taken.decision().allowed() && t < tokens; t++) {
        allowed.add(now);
      }
      assertTrue(within(allowed, now - SECOND, now) <= requests);
    }
  }

  /** How many lie in that stretch, both ends included. */
  private static long within(List<Long> times, long from, long to) {
    return times.stream().filter(time -> time >= from && time <= to).count();
  }

  @Property
  void aRefusedClientIsAllowedAfterTheWaitItWasToldAndNotBefore(
      @ForAll @IntRange(min = 1, max = 20) int requests,
      @ForAll @Size(min = 1, max = 40) List<@LongRange(max = SECOND / 4) Long> pauses,
      @ForAll long start) {
    SlidingWindow window = window(requests, Duration.ofSeconds(1));
    RateState state = null;
    long now = start;
    for (long pause : pauses) {
      now += pause;
      RateAlgorithm.Taken taken = window.take(state, 1, now);
      RateDecision decision = taken.decision();
      if (decision.allowed()) {
        state = Objects.requireNonNull(taken.state());
        assertEquals(requests - 1, window.take(state, 1, now + decision.resetNanos()).decision().remaining());
      } else {
        assertFalse(window.take(state, 1, now + decision.retryAfterNanos() - 1).decision().allowed());
        assertTrue(window.take(state, 1, now + decision.retryAfterNanos()).decision().allowed());
        assertEquals(0, decision.remaining());
      }
    }
  }

  @Test
  void theWholeQuotaComesAtOnceAndThenNothingForAWindow() {
    SlidingWindow window = window(3, Duration.ofMinutes(1));
    RateState state = Objects.requireNonNull(window.take(null, 3, 0).state());
    RateDecision refused = window.take(state, 1, 59 * SECOND).decision();
    assertFalse(refused.allowed());
    assertTrue(window.take(state, 3, 62 * SECOND).decision().allowed());
  }
}
