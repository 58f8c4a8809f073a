package dev.edge4j.data.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a bookmark says of copies, how it forgets, and that its text is bounded and read back as it was. */
class KvBookmarkTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void asksForTheVersionWrittenAndForNothingElse() {
    KvBookmark bookmark = KvBookmark.NONE.wrote("a", 7, NOW);
    assertEquals(new KvBookmark.Need.AtLeast(7), bookmark.need("a", MINUTE, NOW));
    assertEquals(new KvBookmark.Need.Any(), bookmark.need("b", MINUTE, NOW));
    assertEquals(new KvBookmark.Need.AtLeast(7), bookmark.wrote("a", 5, NOW).need("a", MINUTE, NOW));
    assertEquals(new KvBookmark.Need.AtLeast(9), bookmark.wrote("a", 9, NOW).need("a", MINUTE, NOW));
    assertEquals(new KvBookmark.Need.AtLeast(8), bookmark.saw("a", 8, NOW).need("a", MINUTE, NOW));
    assertEquals(bookmark, bookmark.saw("a", 6, NOW));
    assertEquals(bookmark, bookmark.saw("b", 6, NOW), "who has not written is not held to what he read");
  }

  @Test
  void aDoubtAsksForTheStoreUntilAWriteSucceeds() {
    KvBookmark bookmark = KvBookmark.NONE.wrote("a", 7, NOW).unsure("a", NOW);
    assertInstanceOf(KvBookmark.Need.Fresh.class, bookmark.need("a", MINUTE, NOW));
    assertInstanceOf(KvBookmark.Need.Fresh.class, bookmark.saw("a", 9, NOW).need("a", MINUTE, NOW));
    assertEquals(new KvBookmark.Need.AtLeast(9), bookmark.wrote("a", 9, NOW).need("a", MINUTE, NOW));
  }

  @Test
  void aMarkHoldsForAsLongAsAnOldCopyMayBeAbout() {
    KvBookmark bookmark = KvBookmark.NONE.wrote("a", 7, NOW);
    Instant last = NOW.plus(MINUTE).plus(KvBookmark.SKEW);
    assertInstanceOf(KvBookmark.Need.AtLeast.class, bookmark.need("a", MINUTE, last));
    assertInstanceOf(KvBookmark.Need.Any.class, bookmark.need("a", MINUTE, last.plusMillis(1)));
    assertInstanceOf(KvBookmark.Need.AtLeast.class, bookmark.need("a", KvBookmark.OLDEST_COPY, last.plusMillis(1)));
    Instant later = NOW.plus(KvBookmark.OLDEST_COPY).plus(KvBookmark.SKEW).plusMillis(1);
    assertEquals(KvBookmark.NONE.wrote("b", 1, later), bookmark.wrote("b", 1, later), "it is forgotten then");
  }

  @Test
  void pastItsBoundAllKeysAreReadFromTheStoreForAWhile() {
    KvBookmark bookmark = KvBookmark.NONE;
    for (int i = 0; i < KvBookmark.MAX_MARKS; i++) {
      bookmark = bookmark.wrote("k" + i, 1, NOW.plusMillis(i));
    }
    assertEquals(new KvBookmark.Need.Any(), bookmark.need("other", MINUTE, NOW));
    bookmark = bookmark.wrote("one more", 1, NOW.plusMillis(100));
    Instant over = NOW.plus(MINUTE).plus(KvBookmark.SKEW).plusMillis(1);
    assertInstanceOf(KvBookmark.Need.Fresh.class, bookmark.need("k0", MINUTE, NOW.plusMillis(100)));
    assertInstanceOf(KvBookmark.Need.Fresh.class, bookmark.need("other", MINUTE, NOW.plusMillis(100)));
    assertInstanceOf(KvBookmark.Need.Any.class, bookmark.need("other", MINUTE, over));
    assertInstanceOf(KvBookmark.Need.AtLeast.class, bookmark.need("k5", MINUTE, over));
  }

  /** The first form that the tree of marks takes, which differs from run to run, must not decide which time is remembered. */
  @Test
  void remembersTheTimeOfTheMarkThatItForgot() {
    var random = new Random(2);
    for (int round = 0; round < 200; round++) {
      KvBookmark bookmark = KvBookmark.NONE;
      for (int i = 0; i <= KvBookmark.MAX_MARKS; i++) {
        bookmark = bookmark.wrote("k" + random.nextLong(), 1, NOW.plusMillis(i));
      }
      assertTrue(bookmark.text().startsWith("all." + Long.toString(NOW.toEpochMilli(), 36) + "~"), bookmark.text());
    }
  }

  @Test
  void itsTextIsBoundedAndReadBackAsItWas() {
    var random = new Random(1);
    KvBookmark bookmark = KvBookmark.NONE;
    for (int i = 0; i < 2_000; i++) {
      Instant now = Instant.ofEpochMilli(random.nextLong(Long.parseLong("zzzzzzzzz", 36)));
      String key = "key " + random.nextInt(60);
      bookmark = random.nextInt(4) == 0 ? bookmark.unsure(key, now)
          : bookmark.wrote(key, Long.MAX_VALUE - random.nextInt(10), now);
      assertTrue(bookmark.text().length() <= KvBookmark.MAX_LENGTH);
      assertTrue(bookmark.text().matches("[A-Za-z0-9._~-]*"));
      assertEquals(Optional.of(bookmark), KvBookmark.parse(bookmark.text()));
    }
    KvBookmark widest = KvBookmark.NONE;
    for (int i = 0; i < 40; i++) {
      widest = widest.wrote("key " + i, Long.MAX_VALUE, Instant.ofEpochMilli(Long.parseLong("zzzzzzzzz", 36)));
    }
    assertTrue(widest.text().length() > 800 && widest.text().length() <= KvBookmark.MAX_LENGTH);
    assertFalse(widest.text().contains("key"));
  }

  @Test
  void refusesWhatIsNoBookmark() {
    String mark = KvBookmark.NONE.wrote("a", 7, NOW).text();
    for (String text : List.of("x", mark + "~", "~" + mark, mark + "\n", mark + "!", "all.", mark.replaceFirst("\\.",
        ".zzzzzzzzzzzzz"), mark.substring(1), (mark + "~").repeat(100) + mark)) {
      assertEquals(Optional.empty(), KvBookmark.parse(text), text);
    }
    assertEquals(Optional.of(KvBookmark.NONE), KvBookmark.parse(""));
  }
}
