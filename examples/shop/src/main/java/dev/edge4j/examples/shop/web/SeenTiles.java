package dev.edge4j.examples.shop.web;

import dev.edge4j.Context;
import dev.edge4j.examples.shop.catalogue.Catalogue;
import dev.edge4j.examples.shop.catalogue.CatalogueUnavailable;
import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.chain.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a visitor has looked at, as tiles: of use, but never worth failing for. */
final class SeenTiles {
  private static final int SHOWN = 4;

  private SeenTiles() {}

  /** All but the one that is on the page anyway. */
  static List<Tile> of(Context c, Catalogue catalogue, Seen seen, Frames frames, long shown) {
    List<Long> ids = seen.of(c).stream().filter(id -> id != shown).limit(SHOWN).toList();
    if (ids.isEmpty()) {
      return List.of();
    }
    try {
      Map<Long, Answer<Product>> found = catalogue.products(ids);
      List<Product> products = new ArrayList<>();
      ids.forEach(id -> Optional.ofNullable(found.get(id)).map(Answer::value).ifPresent(products::add));
      return Tile.all(products, frames.prices(c), 0);
    } catch (CatalogueUnavailable e) {
      return List.of();
    }
  }
}
