package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.catalogue.CatalogueUnavailable;
import dev.edge4j.examples.shop.catalogue.Category;
import dev.edge4j.examples.shop.chain.ServedFrom;
import dev.edge4j.http.MediaType;
import dev.edge4j.http.Response;
import dev.edge4j.render.Views;

/**
 * The last step of the chain: a page that was made when the shop started and needs nothing but memory. It is a 503 with
 * {@code Retry-After}: people see the page whatever its status, but a search engine that got it with 200 would put it in place of the product in
 * its index, and a cache in front in place of the copy that it could still serve (stale-if-error is for 5xx, RFC 5861 section 4).
 */
public final class StaticPage {
  /** The model of the page. */
  record Model(Assets assets, Category[] shelves) {}

  private final Response response;

  public StaticPage(Views views, Assets assets) {
    byte[] html = views.render("static", new Model(assets, Category.values()));
    this.response = ServedFrom.onStatic(Response.bytes(503, MediaType.HTML, html)
        .withHeader("Retry-After", String.valueOf(CatalogueUnavailable.RETRY.toSeconds()))
        .withHeader("Cache-Control", "no-store"));
  }

  Response response() {
    return response;
  }
}
