package dev.edge4j.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bookmark survives its cookie, and only moves forward. */
class BookmarkTest {
  @Property
  void survivesItsCookie(
      @ForAll @Size(max = 5) Map<@NotEmpty @StringLength(max = 12) String, @LongRange(min = 0, max = Long.MAX_VALUE) Long> offsets,
      @ForAll @StringLength(max = 20) String history) {
    var bookmark = Bookmark.NONE;
    for (var entry : offsets.entrySet()) {
      bookmark = bookmark.with(wellFormed(entry.getKey()), new Position(wellFormed(history), entry.getValue()));
    }
    assertTrue(bookmark.text().matches("[A-Za-z0-9._~-]*"), bookmark.text());
    assertEquals(Optional.of(bookmark), Bookmark.parse(bookmark.text()));
  }

  @Test
  void movesForwardOnly() {
    Bookmark at7 = Bookmark.NONE.with("a", new Position("h", 7));
    assertEquals(at7, at7.with("a", new Position("h", 5)));
    assertEquals(new Position("h", 9), at7.with("a", new Position("h", 9)).positions().get("a"));
    assertEquals(new Position("other", 1), at7.with("a", new Position("other", 1)).positions().get("a"),
        "another history begins anew");
  }

  @Property
  void isMergedByTheLatestOfEachClass(
      @ForAll @Size(max = 4) Map<@AlphaChars @NotEmpty String, @LongRange(min = 0) Long> some,
      @ForAll @Size(max = 4) Map<@AlphaChars @NotEmpty String, @LongRange(min = 0) Long> others) {
    Bookmark a = of(some);
    Bookmark b = of(others);
    Bookmark both = a.merge(b);
    assertEquals(both, b.merge(a), "in whatever order");
    assertEquals(both, both.merge(a).merge(b).merge(both), "and however often");
    both.positions()
        .forEach((name, position) -> assertEquals(Math.max(some.getOrDefault(name, -1L), others.getOrDefault(
            name, -1L)), position.offset()));
    assertTrue(both.positions().keySet().containsAll(some.keySet()) && both.positions()
        .keySet()
        .containsAll(others
            .keySet()));
    assertEquals(some.keySet(), both.only(some.keySet()).positions().keySet());
  }

  private static Bookmark of(Map<String, Long> offsets) {
    var bookmark = Bookmark.NONE;
    for (var entry : offsets.entrySet()) {
      bookmark = bookmark.with(entry.getKey(), new Position("h", entry.getValue()));
    }
    return bookmark;
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.b", "a.b.-1", "a.b.zz", ".b.1", "a.b.1~", "YQ.YQ.1 ", "YQ.YQ.ffffffffffffffff"})
  void whatIsNoBookmarkIsNone(String text) {
    assertEquals(Optional.empty(), Bookmark.parse(text));
  }

  /** Half a surrogate pair has no UTF-8. */
  private static String wellFormed(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }
}
