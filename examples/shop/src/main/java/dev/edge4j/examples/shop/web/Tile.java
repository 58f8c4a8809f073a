package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.catalogue.Product;
import dev.edge4j.examples.shop.money.Prices;
import java.util.ArrayList;
import java.util.List;

/**
 * A product in a grid.
 *
 * @param late true if its picture may wait until it is scrolled to
 */
record Tile(String url, String picture, String name, String price, boolean soldOut, boolean late) {
  private static final int AT_ONCE = 8;

  static List<Tile> all(List<Product> products, Prices prices) {
    List<Tile> tiles = new ArrayList<>();
    for (Product product : products) {
      tiles.add(new Tile("/products/" + product.id(), product.pictureUrl(), product.name(), prices.text(product
          .priceCents()), product.stock() <= 0, tiles.size() >= AT_ONCE));
    }
    return tiles;
  }
}
