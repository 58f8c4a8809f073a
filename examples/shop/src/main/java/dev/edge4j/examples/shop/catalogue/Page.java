package dev.edge4j.examples.shop.catalogue;

import java.util.List;

/**
 * A page of products.
 *
 * @param total how many there are on all pages
 */
public record Page(List<Product> products, long total) {
  /** Number of pages, at least one. */
  public int pages() {
    return (int) Math.max(1, (total + Listing.LIMIT - 1) / Listing.LIMIT);
  }
}
