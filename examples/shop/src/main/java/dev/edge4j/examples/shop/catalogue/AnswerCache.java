package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.Context;
import dev.edge4j.Gate;
import dev.edge4j.Next;
import dev.edge4j.Verdict;
import dev.edge4j.cache.response.ResponseCache;
import dev.edge4j.http.Request;
import dev.edge4j.http.Response;
import dev.edge4j.kv.KvStore;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The cache of the catalogue's answers to programs. On disk, where a restart finds them, are those to addresses that there are only so many of: goods, and the shelves page by
 * page, written in one way. What anybody can make up, words, prices, parameters that mean nothing, hosts that are not ours, is kept in memory alone, and makes nobody else's
 * answer go. Safe for use by many threads.
 */
public final class AnswerCache implements Gate, AutoCloseable {
  private static final long PASSING_BYTES = 16L << 20;
  private static final Pattern PRODUCT = Pattern.compile("/api/products/[1-9][0-9]{0,8}");

  /** The parameters of {@link Listing} that are chosen from a few, in their order; what is none of those few is refused behind this, and refusals are not kept. */
  private static final Pattern SHELF = Pattern.compile(
      "(?:category=[a-z-]+)?(?:&?kind=[a-z-]+)?(?:&?sort=[a-z-]+)?(?:&?page=([1-9][0-9]{0,2}))?");

  private final Predicate<Request> ours;
  private final ResponseCache kept;
  private final ResponseCache passing;

  /** A cache over that store; {@code ours} says whether a request names a host that the shop is known by, of which there must be few. */
  public AnswerCache(KvStore kv, InstantSource clock, Predicate<Request> ours) {
    this.ours = ours;
    this.kept = ResponseCache.create(kv).clock(clock);
    this.passing = ResponseCache.create().memory(PASSING_BYTES).clock(clock);
  }

  /** Forgets all that shows this product. May wait for the store. */
  public void purge(long product) {
    passing.purgeTag(Catalogue.tag(product));
    kept.purgeTag(Catalogue.tag(product));
  }

  @Override
  public Verdict before(Context c) {
    return of(c).before(c);
  }

  @Override
  public Response after(Context c, Response response) {
    return of(c).after(c, response);
  }

  @Override
  public Response handle(Context c, Next next) throws Exception {
    return of(c).handle(c, next);
  }

  @Override
  public void close() {
    passing.close();
    kept.close();
  }

  private ResponseCache of(Context c) {
    return ours.test(c.request()) && isOneOfFew(c.path(), c.request().target().query()) ? kept : passing;
  }

  /** Whether there are not many addresses like that. */
  static boolean isOneOfFew(String path, String query) {
    if (path.equals("/api/products")) {
      var shelf = SHELF.matcher(query);
      return shelf.matches() && (shelf.group(1) == null || Integer.parseInt(shelf.group(1)) <= Listing.MOST_PAGES);
    }
    return query.isEmpty() && PRODUCT.matcher(path).matches();
  }
}
