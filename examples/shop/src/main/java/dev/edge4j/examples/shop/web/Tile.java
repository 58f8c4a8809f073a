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
record Tile(long id, String url, String picture, String name, String price, Stars stars, boolean soldOut,
    boolean late) {
  private static final int AT_ONCE = 8;

  static List<Tile> all(List<Product> products, Prices prices) {
    return all(products, prices, AT_ONCE);
  }

  /** Of which so many may not wait. */
  static List<Tile> all(List<Product> products, Prices prices, int atOnce) {
    List<Tile> tiles = new ArrayList<>();
    for (Product product : products) {
      tiles.add(new Tile(product.id(), "/products/" + product.id(), product.pictureUrl(), product.name(), prices.text(
          product.priceCents()), Stars.of(product), product.stock() <= 0, tiles.size() >= atOnce));
    }
    return tiles;
  }
}
