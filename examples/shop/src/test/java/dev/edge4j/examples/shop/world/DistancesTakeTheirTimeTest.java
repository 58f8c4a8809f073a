package dev.edge4j.examples.shop.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A message takes as long as light in glass and some hops would, the same both ways, and the same for the same seed. */
class DistancesTakeTheirTimeTest {
  @Test
  void fartherIsLaterAndBothWaysAreAsLong() {
    assertTrue(Town.LONDON.to(Town.VIRGINIA).compareTo(Town.SAO_PAULO.to(Town.VIRGINIA)) < 0);
    assertTrue(Town.SAO_PAULO.to(Town.VIRGINIA).compareTo(Town.TOKYO.to(Town.VIRGINIA)) < 0);
    for (Town from : Town.values()) {
      for (Town to : Town.values()) {
        assertEquals(from.to(to), to.to(from));
        double kilometres = from.position().kilometresTo(to.position());
        double fastest = kilometres / 299.792458;
        assertTrue(from.to(to).toNanos() / 1e6 > fastest, "no faster than light: " + from + " to " + to);
      }
    }
    assertEquals(73, Town.TOKYO.to(Town.VIRGINIA).toMillis());
  }

  @Test
  void jitterOnlyAddsAndIsThatOfTheSeed() throws Exception {
    List<Duration> first = waits(7);
    assertEquals(first, waits(7));
    assertTrue(!first.equals(waits(8)));
    assertTrue(first.stream().allMatch(wait -> wait.compareTo(Duration.ofMillis(50)) >= 0), first.toString());
    assertTrue(first.stream().allMatch(wait -> wait.compareTo(Duration.ofMillis(75)) < 0), first.toString());
  }

  @Test
  void crossingsAndTheirTimeAreCounted() throws Exception {
    var link = new Link(Duration.ofMillis(50), 1, _ -> {
      // counted, not waited
    });
    Duration both = link.cross().plus(link.cross());
    assertEquals(2, link.crossings());
    assertEquals(both, link.waited());
    assertTrue(both.compareTo(Duration.ofMillis(100)) >= 0);
  }

  private static List<Duration> waits(long seed) throws InterruptedException {
    List<Duration> waits = new ArrayList<>();
    var link = new Link(Duration.ofMillis(50), seed, waits::add);
    for (int i = 0; i < 100; i++) {
      assertEquals(link.cross(), waits.getLast());
    }
    return waits;
  }
}
