package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.examples.shop.catalogue.CatalogueUnavailable;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.examples.shop.edge.EdgeBar;
import dev.edge4j.examples.shop.edge.Trace;
import dev.edge4j.http.Response;
import dev.edge4j.render.Hole;
import dev.edge4j.render.SegmentedPage;
import dev.edge4j.render.Views;
import java.util.Optional;

/**
 * The last step of the chain: a page that was made when the shop started and needs nothing but memory. It is a 503 with
 * {@code Retry-After}: people see the page whatever its status, but a search engine that got it with 200 would put it in place of the product in
 * its index, and a cache in front in place of the copy that it could still serve (stale-if-error is for 5xx, RFC 5861 section 4).
 *
 * <p>Only the bar at its foot is of the request: a hole, which is left empty if it cannot be filled.
 */
public final class StaticPage {
  private static final String EDGE = "edge";

  /** The model of the page. */
  record Model(Category[] shelves, Hole<Optional<EdgeBar>> edge) {}

  private final SegmentedPage page;

  /** Made now, of those templates. */
  public StaticPage(Views views) {
    this.page = views.segments("static", new Model(Category.values(), Hole.named(EDGE)));
  }

  /** The page, for a request whose content nobody else could give. */
  Response response(Context c) throws Exception {
    Trace.of(c).ifPresent(Trace::gaveUp);
    return ServedFrom.onStatic(page.serve(c, 503, EdgeBar.hole(EDGE, c).orEmpty())
        .withHeader("Retry-After", String.valueOf(CatalogueUnavailable.RETRY.toSeconds()))
        .withHeader("Cache-Control", "no-store"));
  }
}
