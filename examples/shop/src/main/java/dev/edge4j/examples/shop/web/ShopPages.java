package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.Routes;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.reviews.Reviews;
import dev.edge4j.http.Response;
import dev.edge4j.render.Views;
import java.util.Optional;

/** Home, lists, search and products: what everybody may see, in each visitor's prices. */
public final class ShopPages {
  private final HomePage home;
  private final ListPage list;
  private final SuggestPage suggest;
  private final ProductPage product;

  /** Pages of that catalogue, with those reviews. */
  public ShopPages(Catalogue catalogue, Reviews reviews, Seen seen, Frames frames, Views views) {
    this.home = new HomePage(catalogue, seen, frames, views);
    this.list = new ListPage(catalogue, frames);
    this.suggest = new SuggestPage(catalogue);
    this.product = new ProductPage(catalogue, reviews, seen, frames);
  }

  /** Registers the routes. */
  public void routes(Routes app) {
    app.get("/", home::page);
    app.get("/products", list::page);
    app.get("/search/suggest", suggest::answer);
    app.get("/products/:id", product::opened);
    app.post("/products/:id/seen", product::shown);
    app.get("/products/:id/seen", product::shown); // as a picture, without scripts
  }

  /** Registers the form that writes a review. */
  public void origin(Routes origin) {
    origin.post("/products/:id/reviews", product::review);
  }

  /** The page of a product, with what went wrong if it was not just opened. */
  Response product(Context c, long id, int status, Optional<String> problem) throws Exception {
    return product.page(c, id, status, problem, ReviewForm.EMPTY);
  }
}
