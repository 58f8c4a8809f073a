package dev.edge4j.examples.shop.catalogue;

import dev.edge4j.examples.shop.catalogue.Category.Noun;
import dev.edge4j.examples.shop.pictures.Picture;
import dev.edge4j.examples.shop.sale.Sales;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Makes products of words: 30 adjectives, 16 materials of which each category takes 8, 52 nouns. The same number
 * gives the same product for ever, and no two of them share a name. Pure.
 */
public final class CatalogueGenerator {
  /** How many products the shop opens with. */
  public static final int DEFAULT_COUNT = 12_000;

  private static final List<String> ADJECTIVES = List.of("Quiet", "Northern", "Everyday", "Slender", "Golden", "Humble",
      "Coastal", "Midnight", "Gentle", "Alpine", "Classic", "Rounded", "Amber", "Morning", "Sturdy", "Little",
      "Woodland",
      "Evening", "Simple", "Modern", "Rustic", "Airy", "Velvet", "Harbour", "Polished", "Folded", "Winter", "Meadow",
      "Hidden", "Lasting");

  private static final List<String> OPENINGS = List.of("Made in small batches of", "Shaped by hand from",
      "A calm piece of", "Built to outlast fashion, of", "Designed for daily use, in");

  private static final List<String> CLOSINGS = List.of("It grows better looking with the years.",
      "Every part can be replaced.", "Finished by one person, who signs the underside.",
      "Packed without plastic.", "It fits small rooms as well as large ones.", "A present that gets used.",
      "Repaired free of charge for ten years.");

  private static final List<Kind> KINDS = Arrays.stream(Category.values())
      .flatMap(category -> category.nouns().stream().map(noun -> new Kind(category, noun)))
      .toList();

  private static final int MATERIALS = 8;

  /** How many different products there are. */
  public static final int MAX_COUNT = ADJECTIVES.size() * MATERIALS * KINDS.size();

  /** Has no divisor in common with the number of products, so that steps of this size visit each once. */
  private static final long STRIDE = 7_919;

  private static final Instant OPENED = Instant.parse("2026-01-05T09:00:00Z");
  private static final long SALT = 0x9E3779B97F4A7C15L;

  private record Kind(Category category, Noun noun) {}

  private CatalogueGenerator() {}

  /** The products numbered 1 to {@code count}, which is at most {@link #MAX_COUNT}. */
  public static Stream<Product> products(int count) {
    if (count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException("products: " + count + " (expected: 1 to " + MAX_COUNT + ")");
    }
    return LongStream.rangeClosed(1, count).mapToObj(CatalogueGenerator::product);
  }

  private static Product product(long id) {
    int at = (int) (id * STRIDE % MAX_COUNT);
    Kind kind = KINDS.get(at % KINDS.size());
    Material material = kind.category().materials().get(at / KINDS.size() % MATERIALS);
    String adjective = ADJECTIVES.get(at / KINDS.size() / MATERIALS);
    long chance = mix(id);
    String name = adjective + " " + material.title() + " " + kind.noun().name();
    return new Product(id, name, description(material, chance), price(kind.noun(), material, chance),
        kind.category().slug(), stock(id, chance), Picture.number(kind.noun().shape(), chance),
        OPENED.plus(Duration.ofMinutes(id * 17)), adjective.toLowerCase(Locale.ROOT), material.slug(), kind.noun()
            .slug(),
        0, 0);
  }

  private static String description(Material material, long chance) {
    String opening = OPENINGS.get((int) Long.remainderUnsigned(chance >>> 8, OPENINGS.size()));
    String closing = CLOSINGS.get((int) Long.remainderUnsigned(chance >>> 16, CLOSINGS.size()));
    return opening + " " + material.words() + ". " + closing;
  }

  /** Ends in 90 cents below fifty dollars, and is whole above. */
  private static long price(Noun noun, Material material, long chance) {
    long percent = material.percent() * (85 + Long.remainderUnsigned(chance >>> 24, 40)) / 100;
    long dollars = Math.max(5, noun.cents() * percent / 10_000);
    return dollars < 50 ? dollars * 100 - 10 : dollars * 100;
  }

  /** One product in forty is sold out. Of that in the sale there are its pieces, and as many for who buys it like any other. */
  private static long stock(long id, long chance) {
    if (id == Sales.PRODUCT) {
      return 2 * Sales.PIECES;
    }
    return id % 40 == 0 ? 0 : 6 + Long.remainderUnsigned(chance >>> 32, 60);
  }

  /** The finalizer of SplitMix64: neighbours get unlike numbers. */
  static long mix(long id) {
    long z = id * SALT;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
