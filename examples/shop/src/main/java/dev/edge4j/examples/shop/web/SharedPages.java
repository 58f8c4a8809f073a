package dev.edge4j.examples.shop.web;

import dev.edge4j.render.SegmentedPage;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Pages that visitors share, but for their holes. One is sent as long as what it would be made of is what it was made of: so it is never older than what the catalogue
 * answers to the same request, and nobody has to tell that something has changed. Safe for use by many threads.
 */
final class SharedPages {
  /** Some hundred kilobytes. Names of this machine that a client makes up come here too, so it is emptied when it is full. */
  private static final int MOST = 64;

  private record Kept(Object madeOf, SegmentedPage page) {}

  private final Map<Object, Kept> pages = new ConcurrentHashMap<>();

  /**
   * The page of that key, made anew if it was made of something else; perhaps by several at once.
   *
   * @param key all that it depends on beside {@code madeOf}
   */
  SegmentedPage of(Object key, Object madeOf, Callable<SegmentedPage> make) throws Exception {
    Kept known = pages.get(key);
    if (known != null && known.madeOf().equals(madeOf)) {
      return known.page();
    }
    SegmentedPage made = make.call();
    if (pages.size() >= MOST) {
      pages.clear();
    }
    pages.put(key, new Kept(madeOf, made));
    return made;
  }
}
