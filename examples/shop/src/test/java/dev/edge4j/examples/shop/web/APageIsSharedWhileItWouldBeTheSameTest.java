package dev.edge4j.examples.shop.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.edge4j.render.SegmentedPage;
import dev.edge4j.render.ViewOptions;
import dev.edge4j.render.Views;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A page is made again when what it is made of has changed, and there are never many. */
class APageIsSharedWhileItWouldBeTheSameTest {
  private static final int MANY = 1_000;

  private final Views views = Views.of(Map.of("page", "<p>{{.}}</p>"), ViewOptions.strict());
  private final SharedPages pages = new SharedPages();
  private int made;

  private SegmentedPage page(Object key, Object madeOf) throws Exception {
    return pages.of(key, madeOf, () -> {
      made++;
      return views.segments("page", madeOf);
    });
  }

  @Test
  void itIsMadeOnceOfEqualThings() throws Exception {
    SegmentedPage first = page("home", List.of("tea", "cups"));
    assertSame(first, page("home", List.of("tea", "cups")));
    page("home", List.of("tea"));
    assertEquals(2, made);
    page("another", List.of("tea"));
    assertEquals(3, made);
  }

  @Test
  void whoeverMakesUpKeysDoesNotFillTheMemory() throws Exception {
    for (int key = 0; key < MANY; key++) {
      page(key, "tea");
    }
    for (int key = 0; key < MANY; key++) {
      page(key, "tea");
    }
    assertEquals(2 * MANY, made, "none of a thousand was kept until its turn came again");
  }
}
