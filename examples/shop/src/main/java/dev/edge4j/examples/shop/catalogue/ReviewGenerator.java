package dev.edge4j.examples.shop.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes the reviews that the shop opens with, of sentences and numbers: {@code Customer 4711} is nobody. The same product gets the same ones
 * for ever. Pure.
 */
final class ReviewGenerator {
  /** One review of a product. */
  record Seed(long productId, String author, long stars, String body, Instant createdAt) {}

  private static final int MOST = 9;
  private static final int CUSTOMERS = 9_000;

  private static final List<List<String>> VERDICTS = List.of(
      List.of("Not what I had hoped for.", "The one I got had a flaw, and the exchange took its time."),
      List.of("It does its work, no more.", "Smaller than I had pictured it."),
      List.of("Good, with a few rough edges.", "Nice to look at, a little dear for what it is."),
      List.of("Well made and easy to live with.", "Just as shown, and it came well packed.",
          "We use it every day and it holds up."),
      List.of("The best of its kind that I have had.", "I bought a second one for a friend.",
          "Beautiful from every side, and it feels right in the hand."));

  private static final List<String> REMARKS = List.of("The colour is a touch warmer than on the screen.",
      "It was here two days after I ordered.", "The finish is even and without a splinter.",
      "My neighbour has asked me twice where it is from.", "It has found its place between older things.",
      "I was not sure about the size, and it is right.", "A short note on care came with it, which I liked.",
      "After three months it still looks like new.", "");

  private static final Instant FIRST = Instant.parse("2026-02-01T08:00:00Z");

  /** Out of ten customers so many give that many stars: most who write are content. */
  private static final int[] STARS = {5, 5, 4, 5, 4, 3, 5, 4, 2, 5};

  private ReviewGenerator() {}

  /** None to nine reviews of that product, no two by one customer. */
  static Stream<Seed> reviews(Product product) {
    long chance = CatalogueGenerator.mix(product.id() ^ 0x5EED);
    int count = (int) Long.remainderUnsigned(chance, MOST + 1);
    return IntStream.range(0, count).mapToObj(n -> review(product, n));
  }

  private static Seed review(Product product, int n) {
    long chance = CatalogueGenerator.mix(product.id() * MOST + n);
    int stars = pick(chance, 8, 200) == 0 ? 1 : STARS[pick(chance, 16, STARS.length)];
    List<String> verdicts = VERDICTS.get(stars - 1);
    String body = verdicts.get(pick(chance, 24, verdicts.size())) + " " + REMARKS.get(pick(chance, 32, REMARKS.size()));
    long customer = 1 + (pick(chance, 40, CUSTOMERS / MOST) * (long) MOST + n) % CUSTOMERS;
    Instant written = FIRST.plus(Duration.ofMinutes(pick(chance, 12, 250 * 24 * 60)));
    return new Seed(product.id(), "Customer " + customer, stars, body.strip(), written);
  }

  private static int pick(long chance, int shift, int bound) {
    return (int) Long.remainderUnsigned(chance >>> shift, bound);
  }
}
