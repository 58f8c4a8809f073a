package dev.edge4j.examples.shop.catalogue;

import java.time.Instant;

/**
 * A row of the catalogue.
 *
 * @param priceCents US cents
 * @param category a {@link Category#slug}
 * @param stock what the edge copy knows to be left; the origin decides
 * @param picture the number of its picture
 */
public record Product(long id, String name, String description, long priceCents, String category, long stock,
    long picture, Instant createdAt) {

  /** The address of its picture. */
  public String pictureUrl() {
    return "/img/" + picture + ".svg";
  }
}
