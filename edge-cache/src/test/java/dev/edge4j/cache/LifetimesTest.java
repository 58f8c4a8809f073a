package dev.edge4j.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edge4j.cache.support.TestClock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** No value lives longer than versions of tags are kept, and no duration is too long to count. */
class LifetimesTest {
  @Test
  void timesThatNoClockCanCountAreRefused() {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    EntryOptions options = EntryOptions.defaults();
    assertThrows(IllegalArgumentException.class, () -> options.withFreshFor(forever));
    assertThrows(IllegalArgumentException.class, () -> options.withStaleFor(forever));
    assertThrows(IllegalArgumentException.class, () -> options.withRefreshPause(forever));
    assertThrows(IllegalArgumentException.class, () -> options.withErrorFor(forever));
    assertThrows(IllegalArgumentException.class, () -> Cache.named("test").lease(forever));
    assertEquals(0, Cache.named("test").memoryFor(forever).build().size(), "for its whole life");
  }

  @Test
  void whatALoaderWantsKeptForLongerThanVersionsAreIsCut() {
    var clock = new TestClock();
    Cache<String, String> cache = Cache.<String, String>named("test").clock(clock).build();
    AdaptiveLoader<String, String> loader = (key, load) -> load.of(key).withFreshFor(ChronoUnit.FOREVER.getDuration());
    assertEquals("k", cache.get("k", loader));
    clock.advance(CacheBuilder.MAX_LIFETIME.minusMillis(1));
    assertTrue(cache.peek("k").isPresent());
    clock.advance(Duration.ofMillis(1));
    assertTrue(cache.peek("k").isEmpty());
  }
}
