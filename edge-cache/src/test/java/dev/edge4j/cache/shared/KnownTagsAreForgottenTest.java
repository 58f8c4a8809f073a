package dev.edge4j.cache.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.edge4j.cache.support.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is known of a tag is forgotten, but not before every entry that it may have outdated. */
class KnownTagsAreForgottenTest {
  private final TestClock clock = new TestClock();
  private final KnownTags known = new KnownTags(false, clock);

  @Test
  void onceTheyHaveOutlivedEveryEntry() {
    known.expectLife(Duration.ofHours(5));
    known.renew("old", false);
    clock.advance(Duration.ofHours(5));
    known.renew("other", false);
    assertNotEquals(Mark.NEVER, known.get("old").mark());
    clock.advance(Duration.ofHours(2));
    known.renew("other", false);
    assertEquals(Mark.NEVER, known.get("old").mark());
    assertNotEquals(Mark.NEVER, known.get("other").mark());
  }
}
