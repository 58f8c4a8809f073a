package dev.edge4j.examples.shop.catalogue;

import java.time.Instant;

/**
 * A row of the catalogue.
 *
 * @param priceCents US cents
 * @param category a {@link Category#slug}
 * @param stock what the edge copy knows to be left; the origin decides
 * @param picture the number of its picture
 * @param series what it shares with its siblings of other materials and other kinds: {@code quiet}
 * @param material a {@link Material#slug}
 * @param kind what it is, the slug of a {@link Category.Kind}
 * @param ratings how many customers have rated it
 * @param ratingSum the sum of their stars
 */
public record Product(long id, String name, String description, long priceCents, String category, long stock,
    long picture, Instant createdAt, String series, String material, String kind, long ratings, long ratingSum) {

  /** The address of its picture. */
  public String pictureUrl() {
    return "/img/" + picture + ".svg";
  }

  /** The mean of its stars times ten, rounded half up: 43 is 4.3; zero if nobody has rated it. */
  public long tenthsOfStars() {
    return ratings == 0 ? 0 : (ratingSum * 20 + ratings) / (ratings * 2);
  }
}
