package dev.edge4j.render.site;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Where the pages of a sitemap come from, in an order that stays: a table, a list. Asked for each request anew, for one file at a time, so a large one reads by
 * pages and holds none of it. Safe for use by many threads.
 */
public interface SitemapSource {
  /** How many there are: decides how many files there are. */
  long count() throws Exception;

  /** The pages from that place on, 0 for the first, at most so many. Closed once it has been read. */
  Stream<SitemapUrl> from(long first, int limit) throws Exception;

  /** A list, asked for again for each file. */
  static SitemapSource of(Supplier<List<SitemapUrl>> pages) {
    return new SitemapSource() {
      @Override
      public long count() {
        return pages.get().size();
      }

      @Override
      public Stream<SitemapUrl> from(long first, int limit) {
        return pages.get().stream().skip(first).limit(limit);
      }
    };
  }

  /** The pages of one source, then those of another. */
  default SitemapSource then(SitemapSource next) {
    SitemapSource own = this;
    return new SitemapSource() {
      @Override
      public long count() throws Exception {
        return own.count() + next.count();
      }

      @Override
      public Stream<SitemapUrl> from(long first, int limit) throws Exception {
        long count = own.count();
        int mine = Math.clamp(count - first, 0, limit);
        Stream<SitemapUrl> here = mine == 0 ? Stream.empty() : own.from(first, mine);
        int rest = limit - mine;
        if (rest == 0) {
          return here;
        }
        try {
          return Stream.concat(here, next.from(Math.max(0, first - count), rest));
        } catch (Throwable e) {
          here.close(); // nobody else knows of it
          throw e;
        }
      }
    };
  }
}
