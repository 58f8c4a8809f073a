package dev.edge4j.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A dependency that takes a part of what it gets is asked for twice that part, and for all once it takes all. */
class ThrottlesBendTest {
  private static final long SECOND = 1_000_000_000;

  private final Random random = new Random(1);
  private long now = Long.MAX_VALUE - 60 * SECOND;
  private final AdaptiveThrottle throttle = AdaptiveThrottle.of(() -> now, random::nextDouble);

  /** Of a thousand requests, spread over a minute, how many are made, to a dependency that takes so many of a thousand. */
  private int made(int taken) {
    int made = 0;
    for (int i = 0; i < 1_000; i++) {
      now += 60 * SECOND / 1_000;
      if (throttle.tryRequest()) {
        made++;
        if (made <= taken) {
          throttle.accepted();
        }
      }
    }
    return made;
  }

  @Test
  void whoTakesHalfIsLeftAlone() {
    assertEquals(1_000, made(1_000));
    made(500);
    assertTrue(made(500) >= 950);
  }

  @Test
  void whoTakesATenthGetsAFifth() {
    for (int i = 0; i < 5; i++) {
      made(100);
    }
    int made = made(100);
    assertTrue(made > 120 && made < 300, made + " of 1,000 were made");
  }

  @Test
  void whoTakesNothingIsStillAskedNowAndThen() {
    for (int i = 0; i < 3; i++) {
      made(0);
    }
    assertTrue(throttle.refusal() > 0.99, "refusal " + throttle.refusal());
    int made = made(0);
    assertTrue(made < 20, made + " of 1,000 were made");
  }

  @Test
  void whoIsBackGetsEverythingAgain() {
    for (int i = 0; i < 3; i++) {
      made(0);
    }
    int minutes = 0;
    while (throttle.refusal() > 0 && minutes < 60) {
      made(1_000);
      minutes++;
    }
    assertEquals(0, throttle.refusal(), "after " + minutes + " minutes");
    now += 300 * SECOND;
    assertEquals(1_000, made(1_000));
  }
}
