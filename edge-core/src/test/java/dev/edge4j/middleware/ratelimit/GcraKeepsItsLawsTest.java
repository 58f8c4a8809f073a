package dev.edge4j.middleware.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The laws of the rate limiter, for arrivals of any pattern and a clock that may wrap. */
class GcraKeepsItsLawsTest {
  private static final long SECOND = 1_000_000_000L;

  private static Gcra gcra(int requests, Duration window, int burst) {
    return Gcra.of(RatePolicy.of(requests, window).withBurst(burst));
  }

  private static RateState state(RateAlgorithm.Taken taken, @Nullable RateState before) {
    RateState next = taken.state();
    return next == null && before != null ? before : Objects.requireNonNull(next);
  }

  @Property
  void inAnyStretchOfTimeAtMostTheBurstAndWhatCameBackIsAllowed(
      @ForAll @IntRange(min = 1, max = 20) int requests,
      @ForAll @IntRange(min = 1, max = 20) int burst,
      @ForAll @Size(min = 1, max = 200) List<@LongRange(max = SECOND / 2) Long> pauses,
      @ForAll long start) {
    Gcra gcra = gcra(requests, Duration.ofSeconds(1), Math.min(burst, requests));
    List<Long> allowed = new ArrayList<>();
    RateState state = null;
    long elapsed = 0;
    for (long pause : pauses) {
      elapsed += pause;
      RateAlgorithm.Taken taken = gcra.take(state, 1, start + elapsed);
      state = state(taken, state);
      if (taken.decision().allowed()) {
        allowed.add(elapsed);
      }
    }
    for (int from = 0; from < allowed.size(); from++) {
      for (int to = from; to < allowed.size(); to++) {
        long length = allowed.get(to) - allowed.get(from);
        assertTrue(to - from + 1 <= Math.min(burst, requests) + length / gcra.interval());
      }
    }
  }

  @Property
  void aRefusedClientIsAllowedAfterTheWaitItWasToldAndNotBefore(
      @ForAll @IntRange(min = 1, max = 1_000) int requests,
      @ForAll @LongRange(min = 1, max = 3_600) long windowSeconds,
      @ForAll long now) {
    Gcra gcra = gcra(requests, Duration.ofSeconds(windowSeconds), requests);
    RateState state = null;
    for (int i = 0; i < requests; i++) {
      RateAlgorithm.Taken taken = gcra.take(state, 1, now);
      assertTrue(taken.decision().allowed());
      assertEquals(requests - 1 - i, taken.decision().remaining());
      state = state(taken, state);
    }
    RateAlgorithm.Taken refused = gcra.take(state, 1, now);
    RateDecision decision = refused.decision();
    assertFalse(decision.allowed());
    assertNull(refused.state());
    assertFalse(gcra.take(state, 1, now + decision.retryAfterNanos() - 1).decision().allowed());
    assertTrue(gcra.take(state, 1, now + decision.retryAfterNanos()).decision().allowed());
    assertEquals(requests - 1, gcra.take(state, 1, now + decision.resetNanos()).decision().remaining());
  }

  @Property
  void severalTokensAtOnceAreAsManyOneByOne(@ForAll @IntRange(min = 1, max = 50) int requests,
      @ForAll @IntRange(min = 1, max = 50) int tokens, @ForAll long now) {
    Gcra gcra = gcra(requests, Duration.ofSeconds(1), requests);
    RateState oneByOne = null;
    int allowed = 0;
    for (int i = 0; i < tokens; i++) {
      RateAlgorithm.Taken taken = gcra.take(oneByOne, 1, now);
      oneByOne = state(taken, oneByOne);
      allowed += taken.decision().allowed() ? 1 : 0;
    }
    RateAlgorithm.Taken atOnce = gcra.take(null, tokens, now);
    assertEquals(allowed == tokens, atOnce.decision().allowed());
    assertEquals(allowed == tokens ? oneByOne : null, atOnce.state());
  }

  @Property
  void aClientThatKeepsTheRateIsNeverRefused(@ForAll @IntRange(min = 1, max = 1_000) int requests, @ForAll long start) {
    Gcra gcra = gcra(requests, Duration.ofMinutes(1), 1);
    RateState state = null;
    for (int i = 0; i < 100; i++) {
      RateAlgorithm.Taken taken = gcra.take(state, 1, start + i * gcra.interval());
      assertTrue(taken.decision().allowed());
      state = state(taken, state);
    }
  }
}
