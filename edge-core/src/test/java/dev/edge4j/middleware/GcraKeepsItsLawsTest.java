package dev.edge4j.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** The laws of the rate limiter, for arrivals of any pattern and a clock that may wrap. */
class GcraKeepsItsLawsTest {
  private static final long SECOND = 1_000_000_000L;

  @Property
  void inAnyStretchOfTimeAtMostTheBurstAndWhatCameBackIsAllowed(
      @ForAll @IntRange(min = 1, max = 20) int requests,
      @ForAll @IntRange(min = 1, max = 20) int burst,
      @ForAll @Size(min = 1, max = 200) List<@LongRange(max = SECOND / 2) Long> pauses,
      @ForAll long start) {
    Gcra gcra = Gcra.of(requests, Duration.ofSeconds(1), Math.min(burst, requests));
    List<Long> allowed = new ArrayList<>();
    long tat = start;
    long elapsed = 0;
    for (long pause : pauses) {
      elapsed += pause;
      Gcra.Decision decision = gcra.decide(tat, start + elapsed);
      tat = decision.tat();
      if (decision.allowed()) {
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
    Gcra gcra = Gcra.of(requests, Duration.ofSeconds(windowSeconds), requests);
    long tat = now;
    for (int i = 0; i < requests; i++) {
      Gcra.Decision decision = gcra.decide(tat, now);
      assertTrue(decision.allowed());
      assertEquals(requests - 1 - i, decision.remaining());
      tat = decision.tat();
    }
    Gcra.Decision refused = gcra.decide(tat, now);
    assertFalse(refused.allowed());
    assertEquals(tat, refused.tat());
    assertFalse(gcra.decide(tat, now + refused.retryAfter() - 1).allowed());
    assertTrue(gcra.decide(tat, now + refused.retryAfter()).allowed());
    assertEquals(requests - 1, gcra.decide(tat, now + refused.reset()).remaining());
  }

  @Property
  void aClientThatKeepsTheRateIsNeverRefused(@ForAll @IntRange(min = 1, max = 1_000) int requests, @ForAll long start) {
    Gcra gcra = Gcra.of(requests, Duration.ofMinutes(1), 1);
    long tat = start;
    for (int i = 0; i < 100; i++) {
      Gcra.Decision decision = gcra.decide(tat, start + i * gcra.interval());
      assertTrue(decision.allowed());
      tat = decision.tat();
    }
  }
}
