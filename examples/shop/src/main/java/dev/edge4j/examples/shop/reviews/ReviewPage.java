package dev.edge4j.examples.shop.reviews;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A page of a product's reviews, the latest first.
 *
 * @param product whose they are
 * @param perStars how many gave that many stars; those that nobody gave may be left out
 */
public record ReviewPage(long product, List<Review> reviews, List<Share> perStars) {
  /** Reviews on a page. */
  public static final int LIMIT = 4;

  /** How many customers gave that many stars. */
  public record Share(long stars, long count) {}

  /** How many there are on all pages. */
  public long total() {
    return perStars.stream().mapToLong(Share::count).sum();
  }

  /** Number of pages, at least one. */
  public int pages() {
    return (int) Math.max(1, (total() + LIMIT - 1) / LIMIT);
  }

  /** From five stars to one, with those that nobody gave. */
  public List<Share> shares() {
    return IntStream.of(5, 4, 3, 2, 1).mapToObj(this::share).toList();
  }

  private Share share(int stars) {
    return perStars.stream().filter(share -> share.stars() == stars).findFirst().orElse(new Share(stars, 0));
  }
}
