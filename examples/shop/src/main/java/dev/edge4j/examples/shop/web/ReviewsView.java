package dev.edge4j.examples.shop.web;

import dev.edge4j.examples.shop.reviews.Review;
import dev.edge4j.examples.shop.reviews.ReviewPage;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A page of reviews as it is shown.
 *
 * @param away true if they cannot be had
 */
record ReviewsView(boolean away, String mean, String symbols, String count, boolean any, List<Bar> bars,
    List<Item> items, boolean several,
    int page, int pages, Optional<String> newer, Optional<String> older) {
  /** In place of those that nobody can tell. */
  static final ReviewsView AWAY = new ReviewsView(true, "", "", "", false, List.of(), List.of(), false, 1, 1, Optional
      .empty(), Optional.empty());

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH)
      .withZone(ZoneOffset.UTC);

  /** How many gave that many stars, of all. */
  record Bar(String label, long count, long total) {}

  /** One review. */
  record Item(String author, String symbols, long stars, String body, boolean bought, String day, String date) {
    static Item of(Review review) {
      return new Item(review.author(), Stars.symbols(review.stars()), review.stars(), review.body(), review
          .bought() > 0, DAY
              .format(review.createdAt()), review.createdAt().toString().substring(0, 10));
    }
  }

  static ReviewsView of(ReviewPage found, int page) {
    long total = found.total();
    long sum = found.perStars().stream().mapToLong(share -> share.stars() * share.count()).sum();
    long tenths = total == 0 ? 0 : (sum * 20 + total) / (total * 2);
    List<Bar> bars = found.shares()
        .stream()
        .map(share -> new Bar(share.stars() == 1 ? "1 star" : share.stars() + " stars", share.count(), total))
        .toList();
    return new ReviewsView(false, tenths / 10 + "." + tenths % 10, Stars.symbols((tenths + 5) / 10), total == 1
        ? "1 review"
        : total + " reviews", total > 0, bars, found.reviews().stream().map(Item::of).toList(), found.pages() > 1, page,
        found.pages(), page > 1 ? Optional.of(url(found, Math.min(page - 1, found.pages()))) : Optional.empty(),
        page < found.pages() ? Optional.of(url(found, page + 1)) : Optional.empty());
  }

  private static String url(ReviewPage found, int page) {
    return "/products/" + found.product() + (page == 1 ? "" : "?reviews=" + page) + "#reviews";
  }
}
